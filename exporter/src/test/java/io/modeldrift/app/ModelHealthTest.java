package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known about a model beside its data: server, latency, age, and what it looks at. */
class ModelHealthTest {

  private static final String RECORD =
      "{\"model\":\"credit\",\"features\":{\"age\":%d,\"income\":%d},\"prediction\":0.5,"
          + "\"attributions\":{\"age\":%s,\"income\":%s}}\n";

  @TempDir private Path directory;

  @Test
  void serverAndFacts_areExposedForTheModelThatTheyBelongTo() throws Exception {
    String yaml =
        """
        models:
          - name: credit
            owner: lending
            variant: champion
            server: {pid: %d}
          - name: fraud
            server: {cgroup: no/such/group}
        """
            .formatted(ProcessHandle.current().pid());
    try (RunningExporter exporter = new RunningExporter(directory, yaml)) {
      exporter.post("/api/v1/inferences", RECORD.formatted(30, 100, "0.1", "-0.2"));
      exporter.post("/api/v1/inferences", "{\"model\":\"fraud\",\"features\":{\"x\":1}}");

      Scrape scrape = exporter.scrape();

      assertThat(scrape.sum("model_info", "model", "credit", "owner", "lending")).isEqualTo(1);
      assertThat(scrape.sum("model_server_visible", "model", "credit")).isEqualTo(1);
      assertThat(scrape.sum("model_server_cpu_seconds_total", "model", "credit")).isPositive();
      assertThat(scrape.sum("model_server_memory_bytes", "model", "credit"))
          .isGreaterThan(10 << 20);
      assertThat(scrape.all("model_server_visible", "model", "fraud")).hasSize(1);
      assertThat(scrape.sum("model_server_visible", "model", "fraud")).isZero();
      assertThat(scrape.all("model_server_memory_bytes", "model", "fraud")).isEmpty();
    }
  }

  @Test
  void attributions_ofRecordsAndExplainers_becomeMeansAndDrift() throws Exception {
    String yaml =
        """
        learning: {rows: 100}
        evaluation: {interval: 5s}
        retraining: {baseline_age: 1s}
        models:
          - name: credit
            columns:
              age: {importance: 0.9}
              income: {importance: 0.1}
        """;
    try (RunningExporter exporter = new RunningExporter(directory, yaml)) {
      StringBuilder records = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        records.append(RECORD.formatted(20 + i % 50, i, "0.1", "-0.3"));
      }
      assertThat(exporter.post("/api/v1/inferences", records.toString()).statusCode())
          .isEqualTo(200);
      exporter.post(
          "/v1/models/credit:explain",
          "{\"explanations\": [{\"age\": 2.1, \"income\": 0, \"height\": 7}]}");

      Scrape scrape =
          exporter.scrapeUntil(
              s ->
                  s.sum("model_attributed_rows_total") == 201
                      && !s.all("model_attribution_ndcg", "window", "1h").isEmpty());

      assertThat(scrape.sum("model_attributed_rows_total", "model", "credit")).isEqualTo(201);
      String sums = "model_feature_attribution_absolute_total";
      assertThat(scrape.sum(sums, "feature", "age")).isCloseTo(22.1, within(1e-9));
      assertThat(scrape.sum(sums, "feature", "income")).isCloseTo(60, within(1e-9));
      assertThat(scrape.all(sums, "feature", "height")).as("a name from traffic").isEmpty();
      assertThat(scrape.sum("model_feature_attributions_total", "feature", "age")).isEqualTo(201);
      // Gains 0.9 and 0.1 in the wrong order: (0.1 + 0.9/log2 3) / (0.9 + 0.1/log2 3).
      assertThat(scrape.sum("model_attribution_ndcg", "window", "1h"))
          .isLessThan(0.99)
          .isGreaterThan(0.5);
      assertThat(scrape.sum("model_inferences_total", "model", "credit"))
          .as("an explanation is no inference")
          .isEqualTo(200);
      assertThat(
              exporter
                  .scrapeUntil(s -> s.sum("model_retraining_recommended", "reason", "age") == 1)
                  .sum("model_retraining_recommended", "reason", "age"))
          .isEqualTo(1);
    }
  }
}
