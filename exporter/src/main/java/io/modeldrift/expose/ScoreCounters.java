package io.modeldrift.expose;

import io.modeldrift.statistics.ExpectedCounts;
import io.modeldrift.statistics.ProbabilityLoss;
import io.modeldrift.statistics.ScoreCounts;
import io.modeldrift.truth.ExpectedTally;
import io.modeldrift.truth.Scorer;
import io.modeldrift.truth.Tally;
import io.modeldrift.truth.TruthSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Locale;

/**
 * What is counted of scores: with their outcome, for ranking, calibration and losses, and without
 * it, for what performance should be. A bin that has seen nothing is left out; there may be a
 * thousand of them.
 */
final class ScoreCounters {

  private static final Family VALUES =
      Family.counter(
          "model_score_values", "Predictions whose outcome is known, by bin of the score.");
  private static final Family SUM =
      Family.counter(
          "model_score_sum", "Sum of the scores of predictions whose outcome is known, by bin.");
  private static final Family LOSS_ROWS =
      Family.counter(
          "model_log_loss_rows", "Predictions whose probabilities and outcome are known.");
  private static final Family LOG_LOSS =
      Family.counter(
          "model_log_loss", "Sum over them of minus the logarithm of the outcome's probability.");
  private static final Family BRIER =
      Family.counter(
          "model_brier", "Sum over them of the squared difference of score and outcome.");
  private static final Family EXPECTED_ROWS =
      Family.counter(
          "model_expected_rows", "Predictions with a usable score, by bin of it and decision.");
  private static final Family EXPECTED_POSITIVES =
      Family.counter(
          "model_expected_positives",
          "How many of them should turn out positive by their calibrated scores.");
  private static final Family OUTSIDE =
      Family.counter(
          "model_expected_outside",
          "Predictions whose score is missing, invalid or beyond those of the baseline.");

  private ScoreCounters() {}

  static void addTo(SeriesBuffer buffer, Labels labels, TruthSnapshot.Scored scored) {
    Tally all = scored.segments().get(TruthSnapshot.ALL);
    if (all != null) {
      all.scores().ifPresent(scores -> addScores(buffer, labels, scored.scorer(), scores));
      all.losses().ifPresent(losses -> addLosses(buffer, labels, scored.scorer(), losses));
    }
    scored.expected().ifPresent(expected -> addExpected(buffer, labels, scored.scorer(), expected));
  }

  private static void addScores(
      SeriesBuffer buffer, Labels labels, Scorer scorer, ScoreCounts scores) {
    for (int bin = 0; bin < scores.bins(); bin++) {
      if (scores.rows(bin) > 0) {
        Labels ofBin = labels.add("bin", name(bin));
        buffer.count(VALUES, ofBin.add("actual", name(scorer, 0)), scores.negatives(bin));
        buffer.count(VALUES, ofBin.add("actual", name(scorer, 1)), scores.positives(bin));
        buffer.sum(SUM, ofBin, scores.scores(bin));
      }
    }
  }

  private static void addLosses(
      SeriesBuffer buffer, Labels labels, Scorer scorer, ProbabilityLoss losses) {
    buffer.count(LOSS_ROWS, labels, losses.rows());
    buffer.sum(LOG_LOSS, labels, losses.logLosses());
    if (scorer.classes().size() == 2) {
      buffer.sum(BRIER, labels, losses.squares());
    }
  }

  private static void addExpected(
      SeriesBuffer buffer, Labels labels, Scorer scorer, ExpectedTally expected) {
    buffer.count(OUTSIDE, labels.add("reason", "unusable"), expected.unusable());
    buffer.count(OUTSIDE, labels.add("reason", "outside_baseline"), expected.outside());
    ExpectedCounts counts = expected.counts();
    for (int bin = 0; bin < counts.bins(); bin++) {
      for (boolean selected : List.of(false, true)) {
        if (counts.rows(bin, selected) > 0) {
          Labels ofCell =
              labels.merge(
                  Labels.of("bin", name(bin), "predicted", name(scorer, selected ? 1 : 0)));
          buffer.count(EXPECTED_ROWS, ofCell, counts.rows(bin, selected));
          buffer.sum(EXPECTED_POSITIVES, ofCell, counts.positives(bin, selected));
        }
      }
    }
  }

  private static String name(Scorer scorer, int label) {
    return LabelValue.of(scorer.classes().get(label));
  }

  private static String name(int bin) {
    return String.format(Locale.ROOT, "%03d", bin);
  }
}
