package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.InferenceBatch;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one model are chosen for review, and what happened to those that were.
 *
 * <p>Not thread-safe.
 */
final class ReviewWatch {
  final ReviewSettings.Sampling sampling;
  final PredictionColumns columns;
  final OutputSettings output;
  final Map<ReviewCause, Long> sampled;
  final Map<ReviewOutcome, Long> ended;
  @Nullable Baseline baseline;
  @Nullable OutlierCheck outliers;
  @Nullable Scorer scorer;

  ReviewWatch(ReviewSettings.Sampling sampling, OutputSettings output) {
    this(sampling, output, new EnumMap<>(ReviewCause.class), new EnumMap<>(ReviewOutcome.class));
    for (ReviewCause cause : ReviewCause.values()) {
      sampled.put(cause, 0L);
    }
    for (ReviewOutcome outcome : ReviewOutcome.values()) {
      ended.put(outcome, 0L);
    }
  }

  private ReviewWatch(
      ReviewSettings.Sampling sampling,
      OutputSettings output,
      Map<ReviewCause, Long> sampled,
      Map<ReviewOutcome, Long> ended) {
    this.sampling = sampling;
    this.columns = new PredictionColumns(output);
    this.output = output;
    this.sampled = sampled;
    this.ended = ended;
  }

  ReviewWatch with(ReviewSettings.Sampling newSampling, OutputSettings newOutput) {
    return new ReviewWatch(newSampling, newOutput, sampled, ended);
  }

  @SuppressWarnings("ReferenceEquality")
  void compareWith(@Nullable Baseline inForce) {
    if (inForce != baseline || scorer == null) {
      baseline = inForce;
      scorer = Scorer.of(output, inForce).orElse(null);
      outliers = inForce == null ? null : OutlierCheck.of(inForce).orElse(null);
    }
  }

  /** Returns why a row is worth somebody's time; null if it is not. */
  @Nullable ReviewCause cause(
      InferenceBatch batch, int row, Prediction found, RandomGenerator random) {
    if (isUncertain(found.number())) {
      return ReviewCause.UNCERTAIN;
    }
    if (sampling.outliers() && outliers != null && outliers.isOutlier(batch, row)) {
      return ReviewCause.OUTLIER;
    }
    double share = sampling.random();
    return share > 0 && random.nextDouble() < share ? ReviewCause.RANDOM : null;
  }

  private boolean isUncertain(double score) {
    double margin = sampling.uncertain();
    if (margin == 0 || scorer == null || Double.isNaN(score)) {
      return false;
    }
    return switch (scorer.kind()) {
      case BINARY -> Math.abs(score - scorer.threshold()) <= margin;
      case MULTICLASS -> score <= 0.5 + margin;
      case REGRESSION -> false;
    };
  }
}
