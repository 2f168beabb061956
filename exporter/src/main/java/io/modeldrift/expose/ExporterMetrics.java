package io.modeldrift.expose;

import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.ingest.LedgerKey;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.ingest.QueueSnapshot;
import io.modeldrift.observe.PairingCounts;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;

/** The exporter about itself: its build, the ledger, the queue, its configuration. */
final class ExporterMetrics {

  private static final Family BUILD =
      Family.info("model_drift_exporter_build", "Version of the exporter and of Java.");
  private static final Family STARTED =
      Family.gauge(
          "model_drift_exporter_start_timestamp_seconds",
          "When the exporter began to take payloads, in seconds since the epoch.");
  private static final Family RECEIVED =
      Family.counter("model_drift_exporter_payloads_received", "Payloads that arrived.");
  private static final Family PAYLOADS =
      Family.counter(
          "model_drift_exporter_payloads",
          "Payloads that ended, by how; received = waiting + the sum of these.");
  private static final Family WAITING =
      Family.gauge(
          "model_drift_exporter_payloads_waiting", "Payloads that arrived and have not ended yet.");
  private static final Family QUEUE_BYTES =
      Family.gauge("model_drift_exporter_queue_bytes", "Bytes of payloads that wait.");
  private static final Family QUEUE_LIMIT_BYTES =
      Family.gauge(
          "model_drift_exporter_queue_limit_bytes", "Bytes of payloads that may wait at most.");
  private static final Family QUEUE_ENTRIES =
      Family.gauge("model_drift_exporter_queue_entries", "Payloads in the queue.");
  private static final Family QUEUE_LIMIT_ENTRIES =
      Family.gauge(
          "model_drift_exporter_queue_limit_entries", "Payloads that may be in the queue at most.");
  private static final Family PAIRS =
      Family.counter(
          "model_drift_exporter_pairs",
          "Requests and responses that came as two payloads, by what became of them.");
  private static final Family PAIRS_WAITING =
      Family.gauge(
          "model_drift_exporter_pairs_waiting", "Halves of inferences that wait for the other.");
  private static final Family PAIRS_WAITING_BYTES =
      Family.gauge(
          "model_drift_exporter_pairs_waiting_bytes",
          "Bytes of rows that wait for their other half, and of ids.");
  private static final Family REFUSED =
      Family.counter(
          "model_drift_exporter_series_refused",
          "How often something was not counted because a cap was reached.");
  private static final Family RELOAD_SUCCESSFUL =
      Family.gauge(
          "model_drift_exporter_config_last_reload_successful",
          "1 if the last attempt to read the configuration took effect, else 0.");
  private static final Family RELOAD_TIME =
      Family.gauge(
          "model_drift_exporter_config_last_reload_success_timestamp_seconds",
          "When a configuration took effect last, in seconds since the epoch.");

  private static final Family EVALUATIONS =
      Family.summary(
          "model_drift_exporter_evaluation_seconds",
          "Evaluations that yielded a report, and the seconds that they took.");
  private static final Family EVALUATION_FAILURES =
      Family.counter(
          "model_drift_exporter_evaluation_failures", "Evaluations that ended with a bug instead.");
  private static final Family LAST_EVALUATION =
      Family.gauge(
          "model_drift_exporter_last_evaluation_timestamp_seconds",
          "When the last evaluation with a report started, in seconds since the epoch.");

  private ExporterMetrics() {}

  static void addTo(SeriesBuffer buffer, ExposedState state, LedgerSnapshot ledger) {
    addFacts(buffer, state.exporter());
    addLedger(buffer, ledger);
    addQueue(buffer, state.queue());
    addPairs(buffer, state.pairing());
    addEvaluations(buffer, state.evaluations(), state.report());
    OperationMetrics.addTo(buffer, state.operations());
  }

  private static void addFacts(SeriesBuffer buffer, ExporterFacts facts) {
    buffer.info(
        BUILD,
        Labels.of(
            "version", facts.version(),
            "revision", facts.revision(),
            "java", Runtime.version().toString()));
    buffer.timestamp(STARTED, Labels.EMPTY, facts.started());
    facts.refused().forEach((reason, n) -> buffer.count(REFUSED, Labels.of("reason", reason), n));
    facts
        .reload()
        .ifPresent(
            reload -> {
              buffer.gauge(RELOAD_SUCCESSFUL, Labels.EMPTY, reload.successful() ? 1 : 0);
              buffer.timestamp(RELOAD_TIME, Labels.EMPTY, reload.lastSuccess());
            });
  }

  private static void addLedger(SeriesBuffer buffer, LedgerSnapshot ledger) {
    buffer.count(RECEIVED, Labels.EMPTY, ledger.received());
    buffer.gauge(WAITING, Labels.EMPTY, ledger.waiting());
    for (Map.Entry<LedgerKey, Long> line : ledger.outcomes().entrySet()) {
      LedgerKey key = line.getKey();
      buffer.count(
          PAYLOADS,
          Labels.of(
              "outcome", key.outcome().label(),
              "reason", key.reason(),
              "protocol", key.protocol().label()),
          line.getValue());
    }
  }

  private static void addQueue(SeriesBuffer buffer, QueueSnapshot queue) {
    buffer.gauge(QUEUE_BYTES, Labels.EMPTY, queue.bytes());
    buffer.gauge(QUEUE_LIMIT_BYTES, Labels.EMPTY, queue.limitBytes());
    buffer.gauge(QUEUE_ENTRIES, Labels.EMPTY, (long) queue.entries());
    buffer.gauge(QUEUE_LIMIT_ENTRIES, Labels.EMPTY, (long) queue.limitEntries());
  }

  private static void addPairs(SeriesBuffer buffer, PairingCounts pairs) {
    pairs(buffer, "paired", pairs.paired());
    pairs(buffer, "request_only", pairs.requestOnly());
    pairs(buffer, "response_only", pairs.responseOnly());
    pairs(buffer, "expired", pairs.expired());
    pairs(buffer, "evicted", pairs.evicted());
    pairs(buffer, "duplicate", pairs.duplicate());
    pairs(buffer, "row_mismatch", pairs.rowMismatch());
    buffer.gauge(PAIRS_WAITING, Labels.EMPTY, (long) pairs.waiting());
    buffer.gauge(PAIRS_WAITING_BYTES, Labels.EMPTY, pairs.waitingBytes());
  }

  private static void pairs(SeriesBuffer buffer, String outcome, long count) {
    buffer.count(PAIRS, Labels.of("outcome", outcome), count);
  }

  private static void addEvaluations(SeriesBuffer buffer, EvaluationFacts facts, DriftReport last) {
    buffer.summary(EVALUATIONS, Labels.EMPTY, facts.count(), facts.seconds());
    buffer.count(EVALUATION_FAILURES, Labels.EMPTY, facts.failures());
    if (facts.count() > 0) {
      buffer.timestamp(LAST_EVALUATION, Labels.EMPTY, last.time());
    }
  }
}
