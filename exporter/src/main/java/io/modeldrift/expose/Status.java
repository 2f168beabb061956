package io.modeldrift.expose;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.ingest.LedgerKey;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.ingest.Outcome;
import io.modeldrift.ingest.QueueSnapshot;
import io.modeldrift.observe.ModelSnapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The document at {@code /api/v1/status}. Fields may be added, not renamed.
 *
 * @param time when the document was made
 * @param evaluated when the last evaluation started; absent before the first
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Status(
    String version,
    Instant started,
    Instant time,
    Optional<Instant> evaluated,
    List<ModelStatus> models,
    Ledger ledger,
    Queue queue) {

  static Status of(
      ExposedState state, LedgerSnapshot ledger, List<ModelSnapshot> models, Instant now) {
    DriftReport report = state.report();
    ExporterFacts exporter = state.exporter();
    return new Status(
        exporter.version(),
        exporter.started(),
        now,
        Optional.of(report.time()).filter(time -> time.isAfter(Instant.EPOCH)),
        models.stream().map(model -> ModelStatus.of(model, state)).toList(),
        Ledger.of(ledger),
        Queue.of(state.queue()));
  }

  /** The account of all payloads; {@code received} is the sum of the five numbers after it. */
  record Ledger(
      long received,
      long observed,
      long ignored,
      long rejected,
      long dropped,
      long waiting,
      List<Line> reasons) {

    /** How often payloads of one format ended in one way; only where it happened. */
    record Line(String outcome, String reason, String protocol, long payloads) {}

    static Ledger of(LedgerSnapshot ledger) {
      return new Ledger(
          ledger.received(),
          ledger.count(Outcome.OBSERVED),
          ledger.count(Outcome.IGNORED),
          ledger.count(Outcome.REJECTED),
          ledger.count(Outcome.DROPPED),
          ledger.waiting(),
          ledger.outcomes().entrySet().stream()
              .filter(line -> line.getValue() > 0)
              .map(line -> line(line.getKey(), line.getValue()))
              .sorted(Comparator.comparingLong(Line::payloads).reversed())
              .toList());
    }

    private static Line line(LedgerKey key, long payloads) {
      return new Line(key.outcome().label(), key.reason(), key.protocol().label(), payloads);
    }
  }

  /** How full the queue of payloads is. */
  record Queue(long bytes, long limitBytes, int entries, int limitEntries) {

    static Queue of(QueueSnapshot queue) {
      return new Queue(queue.bytes(), queue.limitBytes(), queue.entries(), queue.limitEntries());
    }
  }
}
