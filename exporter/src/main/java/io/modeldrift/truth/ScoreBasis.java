package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineTruth;
import io.modeldrift.distribution.ScoreLayout;
import io.modeldrift.statistics.CalibrationTable;
import io.modeldrift.statistics.Ranking;
import io.modeldrift.statistics.ScoreCounts;
import io.modeldrift.statistics.ScoreGroups;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the scores of two classes are binned, and what probability each stands for.
 *
 * @param layout the baseline's bins, or equal ones
 * @param groups of bins over which calibration is judged
 * @param calibration which probability a score stands for; empty if nothing says so
 * @param reason why performance cannot be estimated from scores; empty if it can
 */
record ScoreBasis(
    ScoreLayout layout,
    ScoreGroups groups,
    Optional<CalibrationTable> calibration,
    Optional<Unusable> reason) {

  private static final double PERFECT = 0.999;

  /** Why performance cannot be estimated, whatever the window holds. */
  enum Unusable {
    /** The baseline has no ground truth, and scores are not declared to be probabilities. */
    UNCALIBRATED,
    /** The baseline has one class only, or its scores separate the classes perfectly. */
    DEGENERATE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ScoreBasis of(OutputSettings settings, @Nullable Baseline baseline) {
    Optional<BaselineTruth.Scores> scores =
        Optional.ofNullable(baseline)
            .flatMap(Baseline::truth)
            .filter(truth -> truth.threshold() == settings.threshold())
            .flatMap(BaselineTruth::scores);
    if (scores.isPresent()) {
      return of(settings, scores.get());
    }
    ScoreLayout layout = ScoreLayout.ofEqualWidth(settings.threshold());
    ScoreGroups groups =
        ScoreGroups.ofEqualCounts(new long[layout.bins()], ScoreGroups.DEFAULT_GROUPS);
    return settings.calibrated()
        ? new ScoreBasis(layout, groups, Optional.of(CalibrationTable.identity()), Optional.empty())
        : new ScoreBasis(layout, groups, Optional.empty(), Optional.of(Unusable.UNCALIBRATED));
  }

  private static ScoreBasis of(OutputSettings settings, BaselineTruth.Scores scores) {
    ScoreLayout layout = layout(scores, settings.threshold());
    ScoreCounts counts = counts(scores);
    long[] rows = new long[counts.bins()];
    for (int bin = 0; bin < rows.length; bin++) {
      rows[bin] = counts.rows(bin);
    }
    ScoreGroups groups = ScoreGroups.ofEqualCounts(rows, ScoreGroups.DEFAULT_GROUPS);
    Ranking ranking = counts.ranking();
    double auc = ranking.rocAuc().value().asOptional().orElse(1);
    if (auc > PERFECT) {
      return new ScoreBasis(layout, groups, Optional.empty(), Optional.of(Unusable.DEGENERATE));
    }
    CalibrationTable table =
        settings.calibrated() ? CalibrationTable.identity() : CalibrationTable.of(counts, groups);
    return new ScoreBasis(layout, groups, Optional.of(table), Optional.empty());
  }

  static ScoreLayout layout(BaselineTruth.Scores scores, double threshold) {
    double[] edges = scores.edges().stream().mapToDouble(Double::doubleValue).toArray();
    return ScoreLayout.of(edges, threshold, scores.lowest(), scores.highest());
  }

  static ScoreCounts counts(BaselineTruth.Scores scores) {
    List<Double> positives = scores.positives();
    ScoreCounts counts = new ScoreCounts(positives.size());
    for (int bin = 0; bin < positives.size(); bin++) {
      counts.add(
          bin,
          positives.get(bin).longValue(),
          scores.negatives().get(bin).longValue(),
          scores.sums().get(bin));
    }
    return counts;
  }
}
