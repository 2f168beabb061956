package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.config.ConfigException;
import io.modeldrift.config.ConfigLoader;
import io.modeldrift.config.ExporterSettings;
import io.modeldrift.config.Overrides;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new configuration under a running exporter. */
class ReloadTest {

  private static final String ROW = "{\"model\":\"m\",\"features\":{\"x\":%d}}";

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  private Exporter exporter(String yaml) throws IOException {
    configure(yaml);
    return Exporter.start(this::settings, InstantSource.system());
  }

  private void configure(String yaml) throws IOException {
    Files.writeString(directory.resolve("exporter.yaml"), yaml);
  }

  private ExporterSettings settings() {
    try {
      return ConfigLoader.load(
          Optional.of(directory.resolve("exporter.yaml")),
          new Overrides(Map.of("listen", "127.0.0.1:0"), Map.of()));
    } catch (ConfigException e) {
      throw new CommandException(1, String.join("; ", e.problems()));
    }
  }

  private HttpResponse<String> post(Exporter exporter, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(exporter.address().resolve(path))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private Scrape scrape(Exporter exporter) throws IOException, InterruptedException {
    return Scrape.parse(
        client
            .send(
                HttpRequest.newBuilder(exporter.address().resolve("/metrics")).build(),
                BodyHandlers.ofString())
            .body());
  }

  @Test
  void badFile_isExplained_keepsTheOldConfiguration_andShowsInAMetric() throws Exception {
    try (Exporter exporter = exporter("windows: [10m]\n")) {
      String successful = "model_drift_exporter_config_last_reload_successful";
      assertThat(scrape(exporter).sum(successful)).isEqualTo(1);

      configure("windos: [5m]\n");
      HttpResponse<String> answer = post(exporter, "/-/reload", "");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("windos: unknown key; did you mean windows?");
      assertThat(scrape(exporter).sum(successful)).isZero();

      configure("windows: [10m, 20m]\n");
      assertThat(post(exporter, "/-/reload", "").statusCode()).isEqualTo(200);
      assertThat(scrape(exporter).sum(successful)).isEqualTo(1);
      assertThat(scrape(exporter).sum("model_drift_exporter_payloads_received_total"))
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
    try (Exporter exporter = exporter(configurations[0])) {
      Thread traffic =
          new Thread(
              () -> {
                for (int i = 0; i < payloads; i++) {
                  try {
                    HttpResponse<String> answer =
                        post(exporter, "/api/v1/inferences", ROW.formatted(i % 50));
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
        configure(configurations[reloads++ % 3]);
        exporter.reload();
        double now = scrape(exporter).sum("model_inferences_total");
        assertThat(now).isGreaterThanOrEqualTo(rows);
        rows = now;
      }
      traffic.join();

      assertThat(accepted).hasValue(payloads);
      assertThat(reloads).isGreaterThan(10);
      Scrape scrape = scrape(exporter);
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
  void sample_countsRowsForAll_andBinsForWhatWasSeen() throws Exception {
    try (Exporter exporter = exporter("ingest: {sample: 0.1}\nlearning: {rows: 100}\n")) {
      for (int i = 0; i < 2_000; i++) {
        assertThat(post(exporter, "/api/v1/inferences", ROW.formatted(i % 50)).statusCode())
            .isEqualTo(200);
      }
      Scrape scrape = scrape(exporter);
      assertThat(scrape.sum("model_inferences_total")).isEqualTo(2_000);
      assertThat(scrape.sum("model_feature_values_total", "feature", "x")).isEqualTo(100);
      assertThat(scrape.sum("model_drift_exporter_payloads_total", "reason", "sampled"))
          .isEqualTo(1_800);
      assertThat(scrape.sum("model_drift_exporter_sample_ratio")).isEqualTo(0.1);
    }
  }
}
