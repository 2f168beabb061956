package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineTruth;
import io.modeldrift.distribution.ScoreLayout;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.ProbabilityLoss;
import io.modeldrift.statistics.ScoreCounts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Counts how good a model was on the rows of its baseline.
 *
 * <p>Scores are kept until the end, since their bins follow from them, and errors of numbers for
 * their percentile: 9 bytes a row, of at most {@value #MOST_SCORES} rows. Not thread-safe.
 */
public final class BaselineTruthBuilder {

  private static final int MOST_SCORES = 5_000_000;
  private static final double LARGE = 0.99;

  private final OutputSettings settings;
  private final Baseline baseline;
  private final Scorer scorer;
  private final ModelTruth rows;
  private double[] numbers = new double[1024];
  private boolean[] positives = new boolean[1024];
  private int kept;

  /**
   * Begins to count.
   *
   * @param baseline of the same rows; it tells the classes
   * @throws IllegalArgumentException if neither settings nor baseline say what the model predicts
   */
  public BaselineTruthBuilder(ModelTruthSettings settings, Baseline baseline) {
    this.settings = settings.output();
    this.baseline = baseline.withTruth(Optional.empty());
    this.scorer =
        Scorer.of(settings.output(), this.baseline)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "nothing says what the model predicts: name the kind of its output"));
    this.rows =
        new ModelTruth(
            baseline.model(),
            new ModelTruthSettings(settings.output(), settings.attributes()),
            List.<Window>of(),
            0);
    rows.compareWith(this.baseline, 0);
  }

  /**
   * Counts rows with prediction and outcome.
   *
   * @param truth name of the column with the outcomes
   */
  public void add(InferenceBatch batch, String truth) {
    for (int row = 0; row < batch.rows(); row++) {
      Value outcome = outcome(batch, truth, row);
      Prediction prediction = rows.columns().find(batch, row, truth);
      if (outcome == null || prediction.isNothing()) {
        continue;
      }
      if (scorer.fits(prediction, outcome)) {
        rows.score(prediction, rows.attributes().of(batch, row), outcome, 0);
        keep(prediction.number(), outcome);
      }
    }
  }

  private static @Nullable Value outcome(InferenceBatch batch, String truth, int row) {
    Value input = PredictionColumns.value(batch.find(Role.INPUT, truth), row);
    return input == null ? PredictionColumns.value(batch.find(Role.OUTPUT, truth), row) : input;
  }

  private void keep(double number, Value outcome) {
    if (scorer.kind() == OutputKind.BINARY && ProbabilityLoss.isProbability(number)) {
      keep(number + 0.0, scorer.actualClass(outcome) == 1);
    } else if (scorer.kind() == OutputKind.REGRESSION) {
      double error = Math.abs(number - outcome.asNumber().orElse(Double.NaN));
      if (Double.isFinite(error)) {
        keep(error, false);
      }
    }
  }

  private void keep(double number, boolean positive) {
    if (kept == MOST_SCORES) {
      return;
    }
    if (kept == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.min(MOST_SCORES, 2 * kept));
      positives = Arrays.copyOf(positives, numbers.length);
    }
    numbers[kept] = number;
    positives[kept++] = positive;
  }

  /** Returns the baseline with the ground truth of its rows; as it is if no row had any. */
  public Baseline build() {
    Map<String, List<Double>> segments = new LinkedHashMap<>();
    TruthSnapshot.Scored counted =
        rows.snapshot(new JoinCounts.Counter().snapshot(), 0, false).scored().orElseThrow();
    counted.segments().forEach((name, tally) -> segments.put(name, BaselineTallies.numbers(tally)));
    Tally all = counted.segments().get(TruthSnapshot.ALL);
    if (all == null || all.rows() == 0) {
      return baseline;
    }
    return baseline.withTruth(
        Optional.of(
            new BaselineTruth(
                scorer.kind().label(),
                scorer.classes(),
                scorer.threshold(),
                scorer.centre(),
                segments,
                scores(),
                largeError())));
  }

  private OptionalDouble largeError() {
    if (kept == 0 || scorer.kind() != OutputKind.REGRESSION) {
      return OptionalDouble.empty();
    }
    double[] sorted = Arrays.copyOf(numbers, kept);
    Arrays.sort(sorted);
    double error = sorted[(int) (LARGE * (kept - 1))];
    return error > 0 ? OptionalDouble.of(error) : OptionalDouble.empty();
  }

  private Optional<BaselineTruth.Scores> scores() {
    if (kept == 0 || scorer.kind() != OutputKind.BINARY) {
      return Optional.empty();
    }
    double[] sorted = Arrays.copyOf(numbers, kept);
    Arrays.sort(sorted);
    ScoreLayout layout =
        ScoreLayout.ofQuantiles(sorted, ScoreLayout.DEFAULT_BINS, settings.threshold());
    ScoreCounts counts = new ScoreCounts(layout.bins());
    ProbabilityLoss loss = new ProbabilityLoss();
    for (int i = 0; i < kept; i++) {
      counts.add(layout.indexOf(numbers[i]), numbers[i], positives[i]);
      loss.add(numbers[i], positives[i]);
    }
    return Optional.of(
        BaselineTallies.scores(
            BaselineTallies.list(layout.edges()), sorted[0], sorted[kept - 1], counts, loss));
  }
}
