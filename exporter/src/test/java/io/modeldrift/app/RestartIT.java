package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar, stopped and killed, goes on where it was. */
class RestartIT {

  private static final String[] OPTIONS = {
    "--set", "learning.rows=100", "--set", "storage.interval=1s", "--set"
  };

  @TempDir private Path directory;

  private ExporterProcess start() throws Exception {
    String[] options = Arrays.copyOf(OPTIONS, OPTIONS.length + 1);
    options[OPTIONS.length] = "storage.path=" + directory.resolve("state");
    return ExporterProcess.serve(options);
  }

  private static void send(ExporterProcess exporter, int rows) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      lines.append("{\"model\":\"m\",\"features\":{\"x\":").append(i % 50).append("}}\n");
    }
    assertThat(exporter.post("/api/v1/inferences", lines.toString()).statusCode()).isEqualTo(200);
  }

  @Test
  void killedAndStoppedExporter_keepsWhatItLearnedAndCounted() throws Exception {
    try (ExporterProcess first = start()) {
      send(first, 500);
      send(first, 300);
      double before = snapshots(first.scrape());
      first.scrapeUntil(scrape -> snapshots(scrape) >= before + 2);
      first.process().destroyForcibly();
      assertThat(first.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    try (ExporterProcess second = start()) {
      Scrape afterKill = second.scrape();
      assertThat(afterKill.sum("model_baseline_rows")).as("learned").isPositive();
      assertThat(afterKill.sum("model_inferences_total")).as("counters start anew").isZero();
      assertThat(afterKill.sum("model_drift_exporter_snapshot_restored_timestamp_seconds"))
          .isPositive();
      send(second, 200);
      assertThat(second.terminate()).isEqualTo(143);
    }
    try (ExporterProcess third = start()) {
      Scrape afterStop = third.scrape();
      assertThat(afterStop.sum("model_inferences_total")).as("counters go on").isEqualTo(200);
      assertThat(afterStop.sum("model_drift_exporter_payloads_total", "outcome", "observed"))
          .isEqualTo(1);
      assertThat(afterStop.sum("model_drift_exporter_snapshot_failures_total")).isZero();
    }
  }

  private static double snapshots(Scrape scrape) {
    return scrape.sum("model_drift_exporter_snapshot_seconds_count");
  }
}
