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

  private OperationMetrics() {}

  static void addTo(SeriesBuffer buffer, OperationFacts facts) {
    facts
        .refusedRequests()
        .forEach((reason, n) -> buffer.count(REFUSED, Labels.of("reason", reason), n));
    facts
        .accessFilesUsable()
        .ifPresent(usable -> buffer.gauge(ACCESS_FILES, Labels.EMPTY, usable ? 1 : 0));
  }
}
