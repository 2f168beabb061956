package io.modeldrift.truth;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.statistics.BinaryConfusion;
import io.modeldrift.statistics.ConfusionMatrix;
import io.modeldrift.statistics.Estimate;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.statistics.ProbabilityLoss;
import io.modeldrift.statistics.RegressionSums;
import io.modeldrift.statistics.ScoreCounts;
import io.modeldrift.statistics.ScoreGroups;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is counted about predictions whose outcome is known; what of it depends on what
 * the model predicts. Mutable and not thread-safe.
 */
public final class Tally implements Accumulator<Tally> {

  private final @Nullable ConfusionMatrix matrix;
  private final @Nullable ScoreCounts scores;
  private final @Nullable ProbabilityLoss losses;
  private final @Nullable RegressionSums sums;
  private long predictions;

  private Tally(
      @Nullable ConfusionMatrix matrix,
      @Nullable ScoreCounts scores,
      @Nullable ProbabilityLoss losses,
      @Nullable RegressionSums sums) {
    this.matrix = matrix;
    this.scores = scores;
    this.losses = losses;
    this.sums = sums;
  }

  static Tally of(ConfusionMatrix matrix) {
    return new Tally(matrix, null, null, null);
  }

  static Tally of(ConfusionMatrix matrix, ScoreCounts scores, ProbabilityLoss losses) {
    return new Tally(matrix, scores, losses, null);
  }

  static Tally of(RegressionSums sums) {
    return new Tally(null, null, null, sums);
  }

  static Tally ofClasses(int classes) {
    return new Tally(new ConfusionMatrix(classes), null, null, null);
  }

  static Tally ofScores(int bins) {
    return new Tally(new ConfusionMatrix(2), new ScoreCounts(bins), new ProbabilityLoss(), null);
  }

  static Tally ofProbabilities(int classes) {
    return new Tally(new ConfusionMatrix(classes), null, new ProbabilityLoss(), null);
  }

  static Tally ofNumbers(double centre) {
    return new Tally(null, null, null, new RegressionSums(centre));
  }

  void addPrediction() {
    predictions++;
  }

  void addClasses(int truth, int prediction) {
    if (matrix != null) {
      matrix.add(truth, prediction);
    }
  }

  void addScore(int bin, double score, boolean positive) {
    if (scores != null && losses != null) {
      scores.add(bin, score, positive);
      losses.add(score, positive);
    }
  }

  void addProbabilityOfTruth(double probability) {
    if (losses != null) {
      losses.addProbabilityOfTruth(probability);
    }
  }

  /** Returns whether they could be added: they are not extreme. */
  boolean addNumbers(double prediction, double truth) {
    return sums != null && sums.add(prediction, truth);
  }

  @Override
  public void add(Tally other) {
    predictions += other.predictions;
    if (matrix != null && other.matrix != null) {
      matrix.add(other.matrix);
    }
    if (scores != null && other.scores != null) {
      scores.add(other.scores);
    }
    if (losses != null && other.losses != null) {
      losses.add(other.losses);
    }
    if (sums != null && other.sums != null) {
      sums.add(other.sums);
    }
  }

  @Override
  public void clear() {
    predictions = 0;
    if (matrix != null) {
      matrix.clear();
    }
    if (scores != null) {
      scores.clear();
    }
    if (losses != null) {
      losses.clear();
    }
    if (sums != null) {
      sums.clear();
    }
  }

  @Override
  public void save(StateOutput out) {
    out.number(predictions);
    if (matrix != null) {
      matrix.save(out);
    }
    if (scores != null) {
      scores.save(out);
    }
    if (losses != null) {
      losses.save(out);
    }
    if (sums != null) {
      sums.save(out);
    }
  }

  @Override
  public void restore(StateInput in) throws SnapshotException {
    predictions = in.count();
    if (matrix != null) {
      matrix.restore(in);
    }
    if (scores != null) {
      scores.restore(in);
    }
    if (losses != null) {
      losses.restore(in);
    }
    if (sums != null) {
      sums.restore(in);
    }
  }

  /** Returns how often each class was predicted for each truth, if the model predicts classes. */
  public Optional<ConfusionMatrix> matrix() {
    return Optional.ofNullable(matrix);
  }

  /** Returns the scores by outcome, if the model gives scores and these are counted here. */
  public Optional<ScoreCounts> scores() {
    return Optional.ofNullable(scores);
  }

  /** Returns the sums of log loss and Brier score, if the model gives probabilities. */
  public Optional<ProbabilityLoss> losses() {
    return Optional.ofNullable(losses);
  }

  /** Returns the sums of errors, if the model predicts numbers. */
  public Optional<RegressionSums> sums() {
    return Optional.ofNullable(sums);
  }

  /** Returns the matrix of two classes, the second of which is the positive one. */
  public Optional<BinaryConfusion> binary() {
    return matrix().filter(counts -> counts.classes() == 2).map(counts -> counts.against(1));
  }

  /** Returns the number of predictions of a segment, whether or not their outcome is known. */
  public long predictions() {
    return predictions;
  }

  /** Returns the number of rows. */
  public long rows() {
    if (matrix != null) {
      return matrix.rows();
    }
    return sums == null ? 0 : sums.rows();
  }

  /**
   * Returns every number that follows from the counts; none without rows.
   *
   * @param groups over which calibration is judged
   */
  public Map<PerformanceMetric, Estimate> metrics(ScoreGroups groups) {
    Map<PerformanceMetric, Estimate> metrics = new EnumMap<>(PerformanceMetric.class);
    if (rows() == 0) {
      return metrics;
    }
    matrix().ifPresent(counts -> metrics.putAll(counts.metrics()));
    binary().ifPresent(counts -> metrics.putAll(counts.metrics()));
    if (losses != null) {
      metrics.putAll(losses.metrics());
    }
    if (scores != null) {
      metrics.put(PerformanceMetric.ROC_AUC, scores.ranking().rocAuc());
      metrics.put(PerformanceMetric.AVERAGE_PRECISION, scores.ranking().averagePrecision());
      metrics.putAll(scores.calibration(groups).metrics());
    }
    sums().ifPresent(counts -> metrics.putAll(counts.metrics()));
    return metrics;
  }
}
