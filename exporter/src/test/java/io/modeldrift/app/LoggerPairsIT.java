package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Requests and responses as KServe's logger sends them: two events with one id, in any order. */
class LoggerPairsIT {

  private static HttpResponse<String> send(
      ExporterProcess exporter, String half, String id, String time, String body) throws Exception {
    return exporter.post(
        "/",
        body,
        "ce-specversion",
        "1.0",
        "ce-id",
        id,
        "ce-type",
        "org.kubeflow.serving.inference." + half,
        "ce-source",
        "credit-predictor-0",
        "ce-time",
        time,
        "ce-inferenceservicename",
        "credit",
        "ce-namespace",
        "prod",
        "ce-component",
        "predictor",
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  private static void request(ExporterProcess exporter, String id) throws Exception {
    HttpResponse<String> answer =
        send(
            exporter, "request", id, "2026-01-05T10:00:00.000Z", "{\"instances\": [[35, 1200.5]]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  private static void response(ExporterProcess exporter, String id) throws Exception {
    send(exporter, "response", id, "2026-01-05T10:00:00.040Z", "{\"predictions\": [0.91]}");
  }

  @Test
  void pairs_meetInAnyOrder_andDuplicatesCountOnce() throws Exception {
    try (ExporterProcess exporter = ExporterProcess.serve()) {
      request(exporter, "a");
      response(exporter, "a");
      response(exporter, "b");
      request(exporter, "b");
      request(exporter, "b");
      response(exporter, "a");
      request(exporter, "alone");

      Scrape scrape =
          exporter.scrapeUntil(
              s -> s.sum("model_drift_exporter_payloads_total", "outcome", "observed") == 7);
      String pairs = "model_drift_exporter_pairs_total";
      assertThat(scrape.sum(pairs, "outcome", "paired")).isEqualTo(2);
      assertThat(scrape.sum(pairs, "outcome", "duplicate")).isEqualTo(2);
      assertThat(scrape.sum("model_drift_exporter_pairs_waiting")).isEqualTo(1);
      assertThat(scrape.sum("model_inferences_total", "model", "credit")).isEqualTo(3);
      assertThat(scrape.sum("model_inference_duration_seconds_count", "model", "credit"))
          .isEqualTo(2);
      assertThat(scrape.sum("model_inference_duration_seconds_bucket", "le", "0.05")).isEqualTo(2);
      assertThat(scrape.sum("model_inference_duration_seconds_bucket", "le", "0.025")).isZero();
    }
  }
}
