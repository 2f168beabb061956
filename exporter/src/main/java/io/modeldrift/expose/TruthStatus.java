package io.modeldrift.expose;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldrift.evaluate.TruthReport;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.truth.JoinCounts;
import io.modeldrift.truth.PredictionOutcome;
import io.modeldrift.truth.TruthOutcome;
import io.modeldrift.truth.TruthSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The ground truth of one model version in the status document.
 *
 * @param outcomes how many ended how, only where it happened
 * @param predictions with an id, how many ended how, likewise
 * @param coverage share of predictions with an outcome among those that wait no longer
 * @param kind what the model predicts; absent if nothing says so
 * @param windows empty until the model was evaluated
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TruthStatus(
    long received,
    Map<String, Long> outcomes,
    long waitingOutcomes,
    Map<String, Long> predictions,
    long waitingPredictions,
    OptionalDouble coverage,
    Map<String, Long> unscored,
    Optional<String> kind,
    List<WindowTruth> windows) {

  /** Performance in one window, by segment. */
  record WindowTruth(String window, Map<String, Performance> segments) {}

  /** Numbers by metric, with standard errors where they are known. */
  record Performance(long rows, Map<String, Double> metrics, Map<String, Double> errors) {}

  /** Returns what is known about the outcomes of a model; nothing if there were none. */
  static Optional<TruthStatus> of(
      ModelKey model, List<TruthSnapshot> snapshots, TruthReport report) {
    return snapshots.stream()
        .filter(snapshot -> snapshot.model().equals(model))
        .filter(snapshot -> snapshot.joins().truths() > 0 || snapshot.joins().predictions() > 0)
        .findFirst()
        .map(snapshot -> of(snapshot, report));
  }

  private static TruthStatus of(TruthSnapshot snapshot, TruthReport report) {
    JoinCounts joins = snapshot.joins();
    Map<String, Long> outcomes = new TreeMap<>();
    for (TruthOutcome outcome : TruthOutcome.values()) {
      add(outcomes, outcome.label(), outcome.reason(), joins.count(outcome));
    }
    Map<String, Long> predictions = new TreeMap<>();
    for (PredictionOutcome outcome : PredictionOutcome.values()) {
      add(predictions, outcome.label(), outcome.reason(), joins.count(outcome));
    }
    Map<String, Long> unscored = new TreeMap<>();
    snapshot.unscored().forEach((reason, count) -> add(unscored, reason.label(), "", count));
    double coverage = joins.coverage();
    return new TruthStatus(
        joins.truths(),
        outcomes,
        joins.waitingTruths(),
        predictions,
        joins.waitingPredictions(),
        Double.isNaN(coverage) ? OptionalDouble.empty() : OptionalDouble.of(coverage),
        unscored,
        snapshot.scored().map(scored -> scored.scorer().kind().label()),
        report.model(snapshot.model()).map(TruthStatus::windows).orElse(List.of()));
  }

  private static void add(Map<String, Long> counts, String label, String reason, long count) {
    if (count > 0) {
      counts.put(reason.isEmpty() ? label : label + "_" + reason, count);
    }
  }

  private static List<WindowTruth> windows(TruthReport.OfModel report) {
    return report.windows().stream()
        .map(
            window -> {
              Map<String, Performance> segments = new TreeMap<>();
              window.segments().forEach((name, found) -> segments.put(name, of(found)));
              return new WindowTruth(window.window().name(), segments);
            })
        .toList();
  }

  private static Performance of(TruthReport.Performance performance) {
    Map<String, Double> metrics = new TreeMap<>();
    Map<String, Double> errors = new TreeMap<>();
    performance
        .metrics()
        .forEach(
            (metric, estimate) -> {
              estimate.value().asOptional().ifPresent(v -> metrics.put(metric.label(), v));
              estimate.standardError().asOptional().ifPresent(e -> errors.put(metric.label(), e));
            });
    return new Performance(performance.rows(), metrics, errors);
  }
}
