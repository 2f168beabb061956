package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A champion and a shadow that answers the same requests a little differently. */
class VersionsComparedTest {

  private static final String YAML =
      """
      windows: [1h]
      learning: {rows: 500}
      evaluation: {interval: 5s}
      comparisons:
        - {model: credit, champion: "1", challenger: int8, challenger_model: credit-small}
      """;

  @TempDir private Path directory;

  @Test
  void shadow_isComparedByDistributionAgreementAndNothingElse() throws Exception {
    try (RunningExporter exporter = new RunningExporter(directory, YAML)) {
      send(exporter, "credit", "1", 0, 500, 0); // teaches the champion's baseline
      send(exporter, "credit", "1", 500, 1500, 0);
      send(exporter, "credit-small", "int8", 500, 1500, 0.3);

      String state = "model_feature_version_drift_state";
      Scrape scrape =
          exporter.scrapeUntil(s -> !s.all("model_feature_version_drift_score").isEmpty());

      String[] pair = {"version", "int8", "reference", "1", "reference_model", "credit"};
      assertThat(scrape.all(state, pair)).hasSize(4);
      double score =
          scrape.sum("model_feature_version_drift_score", "measure", "psi", "version", "int8");
      double threshold =
          scrape.sum(
              "model_feature_version_drift_threshold", "measure", "psi", "severity", "drifted");
      assertThat(score).isGreaterThan(threshold);
      // Every fourth score lies above the champion's by 0.3, the others are the same.
      assertThat(scrape.sum("model_version_agreement_ratio", pair)).isCloseTo(0.75, within(1e-9));
      assertThat(scrape.sum("model_version_pairs_total", "outcome", "differing")).isEqualTo(250);
      assertThat(scrape.sum("model_version_pairs_total", "outcome", "agreeing")).isEqualTo(750);
      assertThat(scrape.sum("model_version_agreement_bound_ratio", "bound", "lower"))
          .isBetween(0.7, 0.75);
    }
  }

  @Test
  void outcomesOfBothVersions_giveADifferenceWithItsInterval() throws Exception {
    String yaml =
        """
        learning: {rows: 500}
        evaluation: {interval: 5s}
        comparisons: [{model: credit, champion: "1", challenger: "2"}]
        models: [{name: credit, output: {kind: binary, positive: "yes"}}]
        """;
    try (RunningExporter exporter = new RunningExporter(directory, yaml)) {
      outcomes(exporter, "1", 0.9);
      outcomes(exporter, "2", 0.7);

      String name = "model_version_performance_difference";
      Scrape scrape = exporter.scrapeUntil(s -> !s.all(name).isEmpty());

      assertThat(scrape.sum(name, "version", "2", "metric", "accuracy"))
          .isCloseTo(-0.2, within(1e-9));
      assertThat(scrape.sum(name + "_bound", "bound", "lower")).isBetween(-0.4, -0.2);
      assertThat(scrape.sum(name + "_bound", "bound", "upper")).isBetween(-0.2, 0.0);
      assertThat(scrape.sum("model_version_performance_pvalue")).isLessThan(0.05);
    }
  }

  @Test
  void numbersOfBothVersions_areComparedByTheirError() throws Exception {
    String yaml =
        """
        evaluation: {interval: 5s}
        comparisons: [{model: price, champion: "1", challenger: "2"}]
        models: [{name: price, output: {kind: regression}}]
        """;
    try (RunningExporter exporter = new RunningExporter(directory, yaml)) {
      StringBuilder records = new StringBuilder();
      for (int i = 0; i < 1000; i++) {
        int error = i % 3;
        records.append(
            "{\"model\":\"price\",\"version\":\"1\",\"prediction\":%d,\"ground_truth\":100}\n"
                .formatted(100 + error));
        records.append(
            "{\"model\":\"price\",\"version\":\"2\",\"prediction\":%d,\"ground_truth\":100}\n"
                .formatted(99 - error));
      }
      for (String version : List.of("1", "2")) {
        exporter.post(
            "/api/v1/inferences",
            "{\"model\":\"price\",\"version\":\"%s\",\"prediction\":100}".formatted(version));
      }
      exporter.post("/api/v1/ground-truth", records.toString());

      String name = "model_version_performance_difference";
      Scrape scrape = exporter.scrapeUntil(s -> !s.all(name).isEmpty());
      assertThat(scrape.sum(name, "version", "2", "metric", "mae")).isCloseTo(1, within(1e-9));
      assertThat(scrape.sum(name + "_bound", "bound", "lower")).isBetween(0.8, 1.0);
    }
  }

  /** Outcomes with their prediction inline, of which this share is right. */
  private static void outcomes(RunningExporter exporter, String version, double right)
      throws Exception {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      String truth = i % 2 == 0 ? "yes" : "no";
      String wrong = i % 2 == 0 ? "no" : "yes";
      String prediction = i * 7 % 1000 < 1000 * right ? truth : wrong;
      records.append(
          "{\"model\":\"credit\",\"version\":\"%s\",\"prediction\":\"%s\",\"ground_truth\":\"%s\"}\n"
              .formatted(version, prediction, truth));
    }
    exporter.post(
        "/api/v1/inferences",
        "{\"model\":\"credit\",\"version\":\"%s\",\"prediction\":\"yes\"}".formatted(version));
    assertThat(exporter.post("/api/v1/ground-truth", records.toString()).statusCode())
        .isEqualTo(200);
  }

  private static void send(
      RunningExporter exporter, String model, String version, int from, int to, double shift)
      throws Exception {
    StringBuilder records = new StringBuilder();
    for (int i = from; i < to; i++) {
      double score = (i * 37 % 100) / 100.0 + (i % 4 == 0 ? shift : 0);
      records.append(
          "{\"model\":\"%s\",\"version\":\"%s\",\"id\":\"%d\",\"features\":{\"x\":%d},\"prediction\":{\"score\":%s}}\n"
              .formatted(model, version, i, i % 10, score));
    }
    assertThat(exporter.post("/api/v1/inferences", records.toString()).statusCode()).isEqualTo(200);
  }
}
