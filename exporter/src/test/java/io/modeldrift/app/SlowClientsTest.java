package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.config.ConfigLoader;
import io.modeldrift.config.Overrides;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that are slow, silent or gone; many more of them than the server has threads. */
class SlowClientsTest {

  private static final int MANY = 300;
  private static final String BODY = "{\"model\":\"m\",\"features\":{\"x\":1}}";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Socket> sockets = new ArrayList<>();
  private Optional<Exporter> started = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    Map<String, String> values = Map.of("listen", "127.0.0.1:0", "ingest.read_timeout", "60s");
    started =
        Optional.of(
            Exporter.start(
                ConfigLoader.load(Optional.empty(), new Overrides(values, Map.of())),
                InstantSource.system()));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    started.orElseThrow().close();
  }

  private URI address() {
    return started.orElseThrow().address();
  }

  private Socket connect(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), address().getPort());
    sockets.add(socket);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private static String head(int length) {
    return "POST /v1/models/m:predict HTTP/1.1\r\nHost: x\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private void assertAnswersAtOnce() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest post =
        HttpRequest.newBuilder(address().resolve("/api/v1/inferences"))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(BODY))
            .build();
    assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    HttpRequest scrape =
        HttpRequest.newBuilder(address().resolve("/metrics")).timeout(PATIENCE).build();
    assertThat(client.send(scrape, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void bodiesThatDoNotComeToAnEnd_takeNoThread() throws Exception {
    for (int i = 0; i < MANY; i++) {
      connect(head(100) + "{");
    }
    assertAnswersAtOnce();
  }

  @Test
  void headersThatDoNotComeToAnEnd_andSilentConnections_takeNoThread() throws Exception {
    for (int i = 0; i < MANY; i++) {
      connect(i % 2 == 0 ? "POST / HTTP/1.1\r\nHost: x\r\nX-Slow: " : "");
    }
    assertAnswersAtOnce();
  }

  @Test
  void bodyInTwoParts_isAnsweredOnceItIsComplete() throws Exception {
    Socket socket = connect(head(BODY.length()) + BODY.substring(0, 10));
    socket.getOutputStream().write(BODY.substring(10).getBytes(StandardCharsets.US_ASCII));

    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void scrapersThatDoNotRead_leaveRoomForPayloads() throws Exception {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      requests.append("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    for (int i = 0; i < 100; i++) {
      connect(requests.toString());
    }
    HttpRequest post =
        HttpRequest.newBuilder(address().resolve("/api/v1/inferences"))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(BODY))
            .build();
    assertThat(HttpClient.newHttpClient().send(post, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }
}
