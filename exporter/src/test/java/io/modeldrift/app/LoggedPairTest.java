package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One request and its response from KServe's logger, in every order, and twice each. */
class LoggedPairTest {

  private static final String ID = "0009174a-24a8-4603-b098-09c8799950e9";
  private static final int LEARNED = 100;

  @TempDir private Path directory;

  private static void send(RunningExporter exporter, String half, String id, String body)
      throws Exception {
    exporter.post(
        "/",
        body,
        "Ce-Specversion",
        "1.0",
        "Ce-Id",
        id,
        "Ce-Type",
        "org.kubeflow.serving.inference." + half,
        "Ce-Source",
        "credit-predictor-00001-deployment-7d9c-xk2",
        "Ce-Time",
        "2026-01-05T10:00:00.123456789Z",
        "Ce-Recordedtime",
        "2026-01-05T10:00:00.124Z",
        "Ce-Inferenceservicename",
        "credit",
        "Ce-Namespace",
        "prod",
        "Ce-Component",
        "predictor",
        "Ce-Endpoint",
        "",
        "Ce-Metadata",
        "{}",
        "Content-Type",
        "application/json");
  }

  /** Lets the model's columns get a baseline. */
  private static void learn(RunningExporter exporter) throws Exception {
    String row =
        "{\"model\":\"credit\",\"features\":{\"feature_0\":35,\"feature_1\":1200.5},"
            + "\"prediction\":{\"prediction\":0.91}}\n";
    exporter.post("/api/v1/inferences", row.repeat(LEARNED));
  }

  private static double values(Scrape scrape, String feature) {
    return scrape.sum("model_feature_values_total", "feature", feature);
  }

  private static double pairs(Scrape scrape, String outcome) {
    return scrape.sum("model_drift_exporter_pairs_total", "outcome", outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QR", "RQ", "QRQR", "RQRQ", "QQRR", "RRQQ"})
  void events_inThisOrder_areOneRowOfEachAndOnePair(String order) throws Exception {
    try (RunningExporter exporter =
        new RunningExporter(directory, "learning: {rows: " + LEARNED + "}\n")) {
      learn(exporter);
      Scrape before = observed(exporter, 1);

      for (int i = 0; i < order.length(); i++) {
        if (order.charAt(i) == 'Q') {
          send(exporter, "request", ID, "{\"instances\": [[35, 1200.5]]}");
        } else {
          send(exporter, "response", ID, "{\"predictions\": [0.91]}");
        }
      }

      Scrape after = observed(exporter, 1 + order.length());
      for (String feature : new String[] {"feature_0", "feature_1", "prediction"}) {
        assertThat(values(after, feature) - values(before, feature)).as(feature).isEqualTo(1);
      }
      assertThat(pairs(after, "paired") - pairs(before, "paired")).isEqualTo(1);
      assertThat(pairs(after, "duplicate")).isEqualTo(order.length() - 2);
      assertThat(after.sum("model_drift_exporter_pairs_waiting")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"QR", "RQ"})
  void versionInTheBodyOfAResponse_makesNoSecondModel_inEitherOrder(String order) throws Exception {
    try (RunningExporter exporter = new RunningExporter(directory, "windows: [1h]\n")) {
      for (int i = 0; i < order.length(); i++) {
        String tensor = "[{\"name\":\"t\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}";
        if (order.charAt(i) == 'Q') {
          send(exporter, "request", ID, "{\"inputs\":" + tensor);
        } else {
          String model = "{\"model_name\":\"c\",\"model_version\":\"1\",\"outputs\":";
          send(exporter, "response", ID, model + tensor);
        }
      }

      Scrape scrape = observed(exporter, 2);
      assertThat(scrape.all("model_inference_payloads_total"))
          .allSatisfy(
              sample ->
                  assertThat(sample.labels())
                      .containsEntry("model", "credit")
                      .containsEntry("version", "unversioned"));
      assertThat(scrape.sum("model_inference_payloads_total", "version", "unversioned"))
          .isEqualTo(2);
      assertThat(pairs(scrape, "paired")).isEqualTo(1);
    }
  }

  private static Scrape observed(RunningExporter exporter, int payloads) throws Exception {
    String total = "model_drift_exporter_payloads_total";
    return exporter.scrapeUntil(s -> s.sum(total, "outcome", "observed") == payloads);
  }
}
