package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new configuration under a running exporter. */
class ReloadTest {

  private static final String ROW = "{\"model\":\"m\",\"features\":{\"x\":%d}}";

  @TempDir private Path directory;

  @Test
  void badFile_isExplained_keepsTheOldConfiguration_andShowsInAMetric() throws Exception {
    try (RunningExporter exporter = new RunningExporter(directory, "windows: [10m]\n")) {
      String successful = "model_drift_exporter_config_last_reload_successful";
      assertThat(exporter.scrape().sum(successful)).isEqualTo(1);

      exporter.configure("windos: [5m]\n");
      HttpResponse<String> answer = exporter.post("/-/reload", "");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("windos: unknown key; did you mean windows?");
      assertThat(exporter.scrape().sum(successful)).isZero();

      exporter.configure("windows: [10m, 20m]\n");
      assertThat(exporter.post("/-/reload", "").statusCode()).isEqualTo(200);
      assertThat(exporter.scrape().sum(successful)).isEqualTo(1);
      assertThat(exporter.scrape().sum("model_drift_exporter_payloads_received_total"))
          .as("a reload is no payload")
          .isZero();
    }
  }

  @Test
  void reloadsUnderTraffic_loseNoPayloadAndNoCount() throws Exception {
    String[] configurations = {
      "windows: [10m, 1h]\nlearning: {rows: 100}\n",
      "windows: [10m]\nlearning: {rows: 200}\ndecode: {rows: 1000}\nevaluation: {interval: 30s}\n",
      "windows: [10m, 1h]\nlearning: {rows: 100}\nbroken"
    };
    int payloads = 2_000;
    AtomicInteger accepted = new AtomicInteger();
    try (RunningExporter exporter = new RunningExporter(directory, configurations[0])) {
      Thread traffic =
          new Thread(
              () -> {
                for (int i = 0; i < payloads; i++) {
                  try {
                    HttpResponse<String> answer =
                        exporter.post("/api/v1/inferences", ROW.formatted(i % 50));
                    accepted.addAndGet(answer.statusCode() == 200 ? 1 : 0);
                  } catch (IOException | InterruptedException e) {
                    return;
                  }
                }
              });
      traffic.start();
      int reloads = 0;
      double rows = 0;
      while (traffic.isAlive()) {
        exporter.configure(configurations[reloads++ % 3]);
        exporter.reload();
        double now = exporter.scrape().sum("model_inferences_total");
        assertThat(now).isGreaterThanOrEqualTo(rows);
        rows = now;
      }
      traffic.join();

      assertThat(accepted).hasValue(payloads);
      assertThat(reloads).isGreaterThan(10);
      Scrape scrape = exporter.scrape();
      assertThat(scrape.sum("model_inferences_total")).isEqualTo(payloads);
      assertThat(scrape.sum("model_drift_exporter_payloads_total", "outcome", "observed"))
          .isEqualTo(payloads);
      double counted = scrape.sum("model_feature_values_total", "feature", "x");
      assertThat(counted)
          .as("all rows after those that the baseline was learned from, whichever number held")
          .isBetween(payloads - 200.0, payloads - 100.0);
    }
  }

  @Test
  void versions_areComparedFromTheReloadOnThatSaysSo_andNotAfterItSaysSoNoMore() throws Exception {
    String pairs = "model_version_pairs_total";
    String quick = "evaluation: {interval: 5s}\nlearning: {rows: %d}\n";
    String compared = "comparisons: [{model: m, champion: \"1\", challenger: \"2\"}]\n";
    try (RunningExporter exporter = new RunningExporter(directory, quick.formatted(100))) {
      for (int batch = 0; batch < 12; batch++) {
        answerBoth(exporter, 1000 + 10 * batch); // enough to learn from
      }

      exporter.configure(quick.formatted(100) + compared);
      exporter.reload();
      answerBoth(exporter, 10);
      Scrape begun = exporter.scrapeUntil(s -> s.sum(pairs) > 0);
      assertThat(begun.sum(pairs, "outcome", "agreeing")).isEqualTo(10);

      exporter.configure(quick.formatted(200) + compared);
      exporter.reload();
      answerBoth(exporter, 20);
      Scrape continued = exporter.scrapeUntil(s -> s.sum(pairs) > 10);
      assertThat(continued.sum(pairs, "outcome", "agreeing")).isEqualTo(20);

      exporter.configure(quick.formatted(200));
      exporter.reload();
      assertThat(exporter.scrapeUntil(s -> s.all(pairs).isEmpty()).all(pairs)).isEmpty();
    }
  }

  /** Ten requests that both versions answer alike. */
  private static void answerBoth(RunningExporter exporter, int firstId) throws Exception {
    for (String version : List.of("1", "2")) {
      for (int id = firstId; id < firstId + 10; id++) {
        String row =
            "{\"model\":\"m\",\"version\":\"%s\",\"id\":\"%d\",\"features\":{\"x\":1},\"prediction\":%d}"
                .formatted(version, id, id);
        assertThat(exporter.post("/api/v1/inferences", row).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void sample_countsRowsForAll_andBinsForWhatWasSeen() throws Exception {
    try (RunningExporter exporter =
        new RunningExporter(directory, "ingest: {sample: 0.1}\nlearning: {rows: 100}\n")) {
      for (int i = 0; i < 2_000; i++) {
        assertThat(exporter.post("/api/v1/inferences", ROW.formatted(i % 50)).statusCode())
            .isEqualTo(200);
      }
      Scrape scrape = exporter.scrape();
      double observed =
          2_000 - scrape.sum("model_drift_exporter_payloads_total", "reason", "sampled");
      assertThat(observed).isBetween(150.0, 250.0);
      assertThat(scrape.sum("model_inferences_total")).isEqualTo(10 * observed);
      assertThat(scrape.sum("model_feature_values_total", "feature", "x"))
          .isEqualTo(observed - 100);
      assertThat(scrape.sum("model_drift_exporter_sample_ratio")).isEqualTo(0.1);
    }
  }
}
