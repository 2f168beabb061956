package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.junit.jupiter.api.Test;

/** gRPC calls of the Open Inference Protocol, copied by a mirror: cleartext HTTP/2, same port. */
class GrpcDoorIT {

  /** ModelInferRequest of model iris with one row 6.8, 2.8, 4.8, 1.4 in raw contents. */
  private static final byte[] MESSAGE =
      HexFormat.of()
          .parseHex(
              "0a04697269731a0234322a130a07696e7075742d3012044650333"
                  + "21a0201043a10"
                  + "9a99d940333333409a99994033"
                  + "33b33f");

  private static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  @Test
  void modelInfer_isObservedAndAnsweredWithAnEmptySuccess() throws Exception {
    HttpClient client = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
    try (ExporterProcess exporter = ExporterProcess.serve()) {
      client.start();
      URI method = exporter.address().resolve("/inference.GRPCInferenceService/ModelInfer");

      ContentResponse response =
          client
              .POST(method)
              .headers(headers -> headers.put("te", "trailers"))
              .body(new BytesRequestContent("application/grpc", framed(MESSAGE)))
              .timeout(30, TimeUnit.SECONDS)
              .send();

      assertThat(response.getStatus()).isEqualTo(200);
      assertThat(response.getContent()).isEmpty();
      assertThat(response.getHeaders().get("grpc-status")).isEqualTo("0");
      Scrape scrape =
          exporter.scrapeUntil(
              s -> s.sum("model_drift_exporter_payloads_total", "outcome", "observed") == 1);
      assertThat(scrape.sum("model_inferences_total", "model", "iris")).isEqualTo(1);
    } finally {
      client.stop();
    }
  }
}
