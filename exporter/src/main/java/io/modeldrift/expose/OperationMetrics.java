package io.modeldrift.expose;

import io.prometheus.metrics.model.snapshots.Labels;

/** Who was turned away, and whether files are usable. */
final class OperationMetrics {

  private static final Family REFUSED =
      Family.counter(
          "model_drift_exporter_requests_refused",
          "Requests turned away before anybody looked at them.");
  private static final Family ACCESS_FILES =
      Family.gauge(
          "model_drift_exporter_access_files_usable",
          "1 if certificates, users and tokens in force are those of the files, else 0.");

  private static final Family SAMPLE_RATIO =
      Family.gauge(
          "model_drift_exporter_sample_ratio",
          "Share of the payloads that are observed; the others are passed over.");
  private static final Family GRAVE_LOG_LINES =
      Family.counter(
          "model_drift_exporter_log_lines",
          "Errors and warnings of the log, those left out included: whatever fails says so there.");
  private static final Family LOG_LINES =
      Family.counter(
          "model_drift_exporter_log_lines_suppressed",
          "Lines left out of the log because they repeated others.");
  private static final Family SNAPSHOTS =
      Family.summary(
          "model_drift_exporter_snapshot_seconds",
          "Snapshots of the state that were written, and the seconds that they took.");
  private static final Family SNAPSHOT_FAILURES =
      Family.counter(
          "model_drift_exporter_snapshot_failures",
          "Snapshots that could not be written, or could not be used at the start.");
  private static final Family SNAPSHOT_BYTES =
      Family.gauge("model_drift_exporter_snapshot_bytes", "Size of the newest snapshot.");
  private static final Family SNAPSHOT_TIME =
      Family.gauge(
          "model_drift_exporter_snapshot_last_success_timestamp_seconds",
          "When the newest snapshot was written, in seconds since the epoch.");
  private static final Family SNAPSHOT_RESTORED =
      Family.gauge(
          "model_drift_exporter_snapshot_restored_timestamp_seconds",
          "When the snapshot was written that this process started from.");

  private OperationMetrics() {}

  static void addTo(SeriesBuffer buffer, OperationFacts facts) {
    facts
        .refusedRequests()
        .forEach((reason, n) -> buffer.count(REFUSED, Labels.of("reason", reason), n));
    facts
        .accessFilesUsable()
        .ifPresent(usable -> buffer.gauge(ACCESS_FILES, Labels.EMPTY, usable ? 1 : 0));
    buffer.gauge(SAMPLE_RATIO, Labels.EMPTY, facts.sampleRatio());
    facts
        .graveLogLines()
        .forEach((level, n) -> buffer.count(GRAVE_LOG_LINES, Labels.of("level", level), n));
    buffer.count(LOG_LINES, Labels.EMPTY, facts.suppressedLogLines());
    facts.snapshots().ifPresent(snapshots -> addTo(buffer, snapshots));
  }

  private static void addTo(SeriesBuffer buffer, SnapshotFacts facts) {
    buffer.summary(SNAPSHOTS, Labels.EMPTY, facts.count(), facts.seconds());
    buffer.count(SNAPSHOT_FAILURES, Labels.EMPTY, facts.failures());
    facts
        .lastSuccess()
        .ifPresent(
            time -> {
              buffer.gauge(SNAPSHOT_BYTES, Labels.EMPTY, facts.bytes());
              buffer.timestamp(SNAPSHOT_TIME, Labels.EMPTY, time);
            });
    facts.restored().ifPresent(time -> buffer.timestamp(SNAPSHOT_RESTORED, Labels.EMPTY, time));
  }
}
