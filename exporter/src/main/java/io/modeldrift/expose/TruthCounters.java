package io.modeldrift.expose;

import io.modeldrift.statistics.ConfusionMatrix;
import io.modeldrift.statistics.RegressionSums;
import io.modeldrift.truth.DelayCounts;
import io.modeldrift.truth.GroupTally;
import io.modeldrift.truth.JoinCounts;
import io.modeldrift.truth.OutputKind;
import io.modeldrift.truth.PredictionOutcome;
import io.modeldrift.truth.Scorer;
import io.modeldrift.truth.StoreStatus;
import io.modeldrift.truth.Tally;
import io.modeldrift.truth.TruthOutcome;
import io.modeldrift.truth.TruthSnapshot;
import io.modeldrift.truth.Unscored;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The counters of predictions and their ground truth; what they add up to is a fleet's truth. */
final class TruthCounters {

  private static final Family TRUTHS =
      Family.counter("model_ground_truth", "Outcomes that were reported, by what became of them.");
  private static final Family TRUTHS_WAITING =
      Family.gauge("model_ground_truth_waiting", "Outcomes that wait for their prediction.");
  private static final Family DELAY =
      Family.histogram(
          "model_ground_truth_delay_seconds", "Time from the prediction to its outcome.");
  private static final Family COVERAGE =
      Family.gauge(
          "model_ground_truth_coverage_ratio",
          "Share of the predictions that wait no longer whose outcome came.");
  private static final Family UNSCORED =
      Family.counter(
          "model_ground_truth_unscored",
          "Joined outcomes that did not count for performance, or not in full.");
  private static final Family PREDICTIONS =
      Family.counter(
          "model_predictions_ended",
          "Predictions with an id that wait no longer, by how that ended.");
  private static final Family PREDICTIONS_WAITING =
      Family.gauge("model_predictions_waiting", "Predictions that wait for their outcome.");
  private static final Family SCORED =
      Family.counter(
          "model_predictions_scored", "Predictions whose outcome is known, by both classes.");
  private static final Family ERROR_COUNT =
      Family.counter("model_regression_error_count", "Predicted numbers whose outcome is known.");
  private static final Family ERROR_OVER =
      Family.counter(
          "model_regression_error_over",
          "Sum of the errors of predicted numbers that were too high.");
  private static final Family ERROR_ABSOLUTE =
      Family.counter(
          "model_regression_error_absolute", "Sum of the absolute errors of predicted numbers.");
  private static final Family ERROR_SQUARED =
      Family.counter(
          "model_regression_error_squared", "Sum of the squared errors of predicted numbers.");
  private static final Family TRUTH_ABOVE =
      Family.counter(
          "model_regression_truth_above", "Sum of outcome minus centre, where that is above 0.");
  private static final Family TRUTH_BELOW =
      Family.counter(
          "model_regression_truth_below", "Sum of centre minus outcome, where that is above 0.");
  private static final Family TRUTH_SQUARED =
      Family.counter(
          "model_regression_truth_squared",
          "Sum of the squared differences of outcomes from the centre.");
  private static final Family ERROR_RELATIVE =
      Family.counter(
          "model_regression_error_relative",
          "Sum of the absolute errors divided by the size of the outcome, where that is not 0.");
  private static final Family TRUTH_NONZERO =
      Family.counter("model_regression_truth_nonzero", "Outcomes of numbers that are not 0.");
  private static final Family GROUP_PREDICTIONS =
      Family.counter(
          "model_group_predictions", "Predictions of a group by class, with or without outcome.");
  private static final Family GROUP_OUTCOMES =
      Family.counter(
          "model_group_outcomes",
          "Predictions of a group whose outcome is known, by both classes.");
  private static final Family STATE =
      Family.stateSet(
          "model_drift_exporter_truth_store_state",
          "Where predictions wait: in memory, in a file, or in memory for want of a usable disk.");
  private static final Family ENTRIES =
      Family.gauge("model_drift_exporter_truth_store_entries", "Predictions that wait.");
  private static final Family LIMIT_ENTRIES =
      Family.gauge(
          "model_drift_exporter_truth_store_limit_entries", "Predictions that may wait at most.");
  private static final Family FILE_BYTES =
      Family.gauge("model_drift_exporter_truth_store_file_bytes", "Size of the file; 0 in memory.");
  private static final Family SET_ASIDE =
      Family.counter(
          "model_drift_exporter_truth_store_set_aside",
          "Files of predictions that could not be read, were set aside and begun anew.");

  private static final String[] STATES =
      Arrays.stream(StoreStatus.State.values())
          .map(StoreStatus.State::label)
          .toArray(String[]::new);

  private TruthCounters() {}

  static void addTo(SeriesBuffer buffer, List<TruthSnapshot> models, StoreStatus store) {
    for (TruthSnapshot model : models) {
      Labels labels = SeriesCache.labels(model.model());
      addJoins(buffer, labels, model.joins());
      buffer.histogram(
          DELAY, labels, DelayCounts.BOUNDS, model.delays().counts(), model.delays().seconds());
      for (Map.Entry<Unscored, Long> line : model.unscored().entrySet()) {
        buffer.count(UNSCORED, labels.add("reason", line.getKey().label()), line.getValue());
      }
      TruthGauges.addDetectors(buffer, labels, model.detectors());
      model.scored().ifPresent(scored -> addScored(buffer, labels, scored));
    }
    addStore(buffer, store);
  }

  private static void addJoins(SeriesBuffer buffer, Labels labels, JoinCounts joins) {
    for (TruthOutcome outcome : TruthOutcome.values()) {
      buffer.count(TRUTHS, ended(labels, outcome.label(), outcome.reason()), joins.count(outcome));
    }
    for (PredictionOutcome outcome : PredictionOutcome.values()) {
      buffer.count(
          PREDICTIONS, ended(labels, outcome.label(), outcome.reason()), joins.count(outcome));
    }
    buffer.gauge(TRUTHS_WAITING, labels, joins.waitingTruths());
    buffer.gauge(PREDICTIONS_WAITING, labels, joins.waitingPredictions());
    buffer.gauge(COVERAGE, labels, joins.coverage());
  }

  private static Labels ended(Labels labels, String outcome, String reason) {
    return labels.merge(Labels.of("outcome", outcome, "reason", reason));
  }

  private static void addScored(SeriesBuffer buffer, Labels labels, TruthSnapshot.Scored scored) {
    for (Map.Entry<String, Tally> segment : scored.segments().entrySet()) {
      Labels ofSegment = labels.add("segment", LabelValue.of(segment.getKey()));
      addTally(buffer, ofSegment, scored.scorer(), segment.getValue());
    }
    ScoreCounters.addTo(buffer, labels, scored);
    for (Map.Entry<String, Map<String, GroupTally>> groups : scored.groups().entrySet()) {
      Labels ofAttribute = labels.add("attribute", LabelValue.of(groups.getKey()));
      addGroups(buffer, ofAttribute, scored.scorer(), groups.getValue());
    }
  }

  private static void addTally(SeriesBuffer buffer, Labels labels, Scorer scorer, Tally tally) {
    tally.matrix().ifPresent(matrix -> addMatrix(buffer, SCORED, labels, scorer, matrix));
    tally.sums().ifPresent(sums -> addSums(buffer, labels, sums));
  }

  /** Two classes have all four series from the start; of many, those that have occurred. */
  private static void addMatrix(
      SeriesBuffer buffer, Family family, Labels labels, Scorer scorer, ConfusionMatrix matrix) {
    List<String> classes = scorer.classes();
    for (int predicted = 0; predicted < classes.size(); predicted++) {
      for (int actual = 0; actual < classes.size(); actual++) {
        long count = matrix.count(actual, predicted);
        if (count > 0 || scorer.kind() == OutputKind.BINARY) {
          buffer.count(family, labels.merge(both(classes, predicted, actual)), count);
        }
      }
    }
  }

  private static Labels both(List<String> classes, int predicted, int actual) {
    return Labels.of(
        "predicted", LabelValue.of(classes.get(predicted)),
        "actual", LabelValue.of(classes.get(actual)));
  }

  private static void addSums(SeriesBuffer buffer, Labels labels, RegressionSums sums) {
    buffer.count(ERROR_COUNT, labels, sums.rows());
    buffer.sum(ERROR_OVER, labels, sums.overErrors());
    buffer.sum(ERROR_ABSOLUTE, labels, sums.absoluteErrors());
    buffer.sum(ERROR_SQUARED, labels, sums.squaredErrors());
    buffer.sum(TRUTH_ABOVE, labels, sums.truthsAbove());
    buffer.sum(TRUTH_BELOW, labels, sums.truthsBelow());
    buffer.sum(TRUTH_SQUARED, labels, sums.squaredTruths());
    buffer.sum(ERROR_RELATIVE, labels, sums.relativeErrors());
    buffer.count(TRUTH_NONZERO, labels, sums.nonZeroTruths());
  }

  private static void addGroups(
      SeriesBuffer buffer, Labels labels, Scorer scorer, Map<String, GroupTally> groups) {
    for (Map.Entry<String, GroupTally> group : groups.entrySet()) {
      Labels ofGroup = labels.add("group", LabelValue.of(group.getKey()));
      addGroup(buffer, ofGroup, scorer, group.getValue());
    }
  }

  private static void addGroup(
      SeriesBuffer buffer, Labels labels, Scorer scorer, GroupTally tally) {
    for (int predicted = 0; predicted < scorer.classes().size(); predicted++) {
      String name = LabelValue.of(scorer.classes().get(predicted));
      if (tally.predictions(predicted) > 0 || scorer.kind() == OutputKind.BINARY) {
        buffer.count(
            GROUP_PREDICTIONS, labels.add("predicted", name), tally.predictions(predicted));
      }
    }
    addMatrix(buffer, GROUP_OUTCOMES, labels, scorer, tally.outcomes());
  }

  private static void addStore(SeriesBuffer buffer, StoreStatus store) {
    buffer.state(STATE, Labels.EMPTY, STATES, store.state().ordinal());
    buffer.gauge(ENTRIES, Labels.EMPTY, store.entries());
    buffer.gauge(LIMIT_ENTRIES, Labels.EMPTY, store.limitEntries());
    buffer.gauge(FILE_BYTES, Labels.EMPTY, store.fileBytes());
    buffer.count(SET_ASIDE, Labels.EMPTY, store.setAside());
  }
}
