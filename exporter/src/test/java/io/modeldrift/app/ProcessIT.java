package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a user meets it: messages, exit codes, what it survives, how it ends. */
class ProcessIT {

  @TempDir private Path directory;

  private record Ended(int exitCode, String output) {}

  private static Ended run(String... arguments) throws IOException, InterruptedException {
    Process process = ExporterProcess.command(List.of(arguments)).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  @Test
  void takenPort_isAMessageNotATrace() throws Exception {
    try (ExporterProcess first = ExporterProcess.serve()) {
      Ended second = run("serve", "--listen", "127.0.0.1:" + first.address().getPort());

      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.output())
          .contains("cannot listen on 127.0.0.1:" + first.address().getPort())
          .contains("--listen")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void wrongConfiguration_stopsTheStartWithOneLineAMistake() throws Exception {
    Path file =
        Files.writeString(directory.resolve("bad.yaml"), "windos: [5m]\nlearning: {rows: 1}\n");

    Ended ended = run("serve", "--config", file.toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output())
        .contains("has 2 mistakes")
        .contains("windos: unknown key; did you mean windows?")
        .contains("learning.rows: ")
        .doesNotContain("\tat ");
  }

  @Test
  void checkConfig_saysWhatIsConfigured() throws Exception {
    Path file = Files.writeString(directory.resolve("good.yaml"), "windows: [30s, 10m]\n");

    Ended ended = run("check-config", "--config", file.toString());

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output()).contains("The configuration is usable.").contains("30s, 10m");
  }

  @Test
  void unknownOption_isExplained() throws Exception {
    Ended ended = run("serve", "--lisen", ":1");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output()).contains("--lisen").contains("--listen");
  }

  @Test
  void help_teachesWithAnExample() throws Exception {
    for (String command : List.of("serve", "demo", "check-config", "replay")) {
      Ended ended = run(command, "--help");
      assertThat(ended.exitCode()).isZero();
      assertThat(ended.output()).as(command).contains("Example").contains("java -jar");
    }
  }

  @Test
  void badInput_isAnsweredCountedAndSurvived() throws Exception {
    try (ExporterProcess exporter = ExporterProcess.serve()) {
      String path = "/v1/models/m:predict";
      List<String> bodies =
          List.of(
              "",
              "not json",
              "{\"instances\": [[1,2],",
              "{\"instances\": [[1]], \"inputs\": [[1]]}",
              "{\"instances\": 7}",
              "[".repeat(200),
              "{\"instances\": [[NaN, Infinity, -Infinity, null, \"text\", {\"b64\": \"aGk=\"}]]}",
              "{\"instances\": [{\"a\": 1}]}",
              "x".repeat(100_000_000));
      for (String body : bodies) {
        assertThat(exporter.post(path, body).statusCode()).isEqualTo(200);
      }
      assertThat(exporter.post("/api/v1/inferences", "{\"features\": 1}").statusCode())
          .isEqualTo(400);

      Scrape scrape =
          exporter.scrapeUntil(
              s ->
                  s.sum("model_drift_exporter_payloads_received_total")
                      == s.sum("model_drift_exporter_payloads_total"));
      assertThat(scrape.sum("model_drift_exporter_payloads_received_total"))
          .isEqualTo(bodies.size() + 1);
      assertThat(scrape.sum("model_drift_exporter_payloads_total", "outcome", "observed"))
          .isEqualTo(2);
      assertThat(scrape.sum("model_drift_exporter_payloads_total", "outcome", "ignored"))
          .isEqualTo(1);
      assertThat(scrape.sum("model_drift_exporter_payloads_total", "reason", "too_large"))
          .isEqualTo(1);
      assertThat(scrape.sum("model_drift_exporter_payloads_total", "reason", "truncated"))
          .isEqualTo(1);
      assertThat(scrape.sum("model_drift_exporter_payloads_total", "reason", "internal")).isZero();
    }
  }

  @Test
  void termination_closesTheDoorAndEnds() throws Exception {
    try (ExporterProcess exporter = ExporterProcess.serve()) {
      exporter.post("/v1/models/m:predict", "{\"instances\": [[1, 2]]}");

      assertThat(exporter.terminate()).isEqualTo(143);
    }
  }

  @Test
  void hangUp_readsTheConfigurationAgain() throws Exception {
    Path file = Files.writeString(directory.resolve("exporter.yaml"), "windows: [5m]\n");
    try (ExporterProcess exporter = ExporterProcess.serve("--config", file.toString())) {
      Files.writeString(file, "windos: [5m]\n");
      String pid = Long.toString(exporter.process().pid());
      new ProcessBuilder("kill", "-HUP", pid).start().waitFor();

      Scrape scrape =
          exporter.scrapeUntil(
              s -> s.sum("model_drift_exporter_config_last_reload_successful") == 0);
      assertThat(scrape.sum("model_drift_exporter_config_last_reload_success_timestamp_seconds"))
          .isPositive();
    }
  }

  @Test
  void replay_countsWhatTrafficWouldHaveCounted() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      lines.append("{\"model\":\"m\",\"features\":{\"x\":").append(i % 50).append("}}\n");
    }
    lines.append("{\"model\":\"m\",\"features\":3}\n");
    Path file = Files.writeString(directory.resolve("rows.ndjson"), lines);

    Ended ended = run("replay", "--set", "learning.rows=200", file.toString());

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output())
        .contains("501 payloads = 500 observed + 0 ignored + 1 rejected + 0 dropped")
        .contains("m: 300 rows against 200 of the baseline")
        .containsPattern("x +input +300 +psi +\\d");
  }
}
