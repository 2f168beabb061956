package io.modeldrift.statistics;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * How often each class was predicted when each class was the truth.
 *
 * <p>Averages over classes leave out those that are neither truth nor prediction; the precision of
 * a class never predicted and the recall of one without truth are 0, as in scikit-learn with {@code
 * zero_division=0}.
 *
 * <p>Mutable and not thread-safe. Memory is classes²; adding a row is constant time.
 */
public final class ConfusionMatrix {

  private final int classes;
  private final long[] counts;

  /**
   * Makes an empty matrix.
   *
   * @throws IllegalArgumentException if there is no class
   */
  public ConfusionMatrix(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException(classes + " classes");
    }
    this.classes = classes;
    this.counts = new long[classes * classes];
  }

  /** Counts one row. */
  public void add(int truth, int prediction) {
    add(truth, prediction, 1);
  }

  /** Counts rows with the same truth and prediction. */
  public void add(int truth, int prediction, long rows) {
    counts[truth * classes + prediction] += rows;
  }

  /**
   * Adds what another matrix counted over the same classes.
   *
   * @throws IllegalArgumentException if their number differs
   */
  public void add(ConfusionMatrix other) {
    if (other.classes != classes) {
      throw new IllegalArgumentException(other.classes + " classes added to " + classes);
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(counts, 0);
  }

  /** Writes everything. */
  public void save(StateOutput out) {
    out.numbers(counts);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws SnapshotException if these are no such counts; they are then of no use
   */
  public void restore(StateInput in) throws SnapshotException {
    System.arraycopy(in.counts(counts.length), 0, counts, 0, counts.length);
  }

  public int classes() {
    return classes;
  }

  public long count(int truth, int prediction) {
    return counts[truth * classes + prediction];
  }

  /** Returns the number of rows. */
  public long rows() {
    return Arrays.stream(counts).sum();
  }

  /** Returns the number of right predictions. */
  public long right() {
    long right = 0;
    for (int label = 0; label < classes; label++) {
      right += count(label, label);
    }
    return right;
  }

  /** Returns the matrix of one class against all others. */
  public BinaryConfusion against(int positive) {
    return against(Set.of(positive));
  }

  /** Returns the matrix of these classes, taken as one, against all others. */
  public BinaryConfusion against(Set<Integer> positives) {
    long hits = 0;
    long predicted = 0;
    long actual = 0;
    for (int positive : positives) {
      predicted += predicted(positive);
      actual += actual(positive);
      for (int other : positives) {
        hits += count(positive, other);
      }
    }
    long falsePositives = predicted - hits;
    long falseNegatives = actual - hits;
    long trueNegatives = rows() - hits - falsePositives - falseNegatives;
    return new BinaryConfusion(
        (double) hits, (double) falsePositives, (double) falseNegatives, (double) trueNegatives);
  }

  /** Returns accuracy and the averages over classes by their metric; absent without rows. */
  public Map<PerformanceMetric, Estimate> metrics() {
    Averages averages = new Averages();
    long rows = rows();
    for (int label = 0; label < classes; label++) {
      averages.add(count(label, label), actual(label), predicted(label), rows);
    }
    Map<PerformanceMetric, Estimate> metrics = averages.metrics();
    metrics.put(PerformanceMetric.ACCURACY, Estimate.ofShare((double) right(), (double) rows));
    return metrics;
  }

  private long actual(int truth) {
    long sum = 0;
    for (int prediction = 0; prediction < classes; prediction++) {
      sum += count(truth, prediction);
    }
    return sum;
  }

  private long predicted(int prediction) {
    long sum = 0;
    for (int truth = 0; truth < classes; truth++) {
      sum += count(truth, prediction);
    }
    return sum;
  }

  /** Plain sums and sums weighted by the class's share of the truth. */
  private static final class Averages {

    private final double[] plain = new double[3];
    private final double[] weighted = new double[3];
    private int kept;

    void add(long hits, long actual, long predicted, long rows) {
      if (actual + predicted == 0) {
        return;
      }
      kept++;
      double weight = (double) actual / rows;
      double precision = predicted == 0 ? 0 : (double) hits / predicted;
      double recall = actual == 0 ? 0 : (double) hits / actual;
      double f1 = 2.0 * hits / (actual + predicted);
      add(0, precision, weight);
      add(1, recall, weight);
      add(2, f1, weight);
    }

    private void add(int index, double value, double weight) {
      plain[index] += value;
      weighted[index] += weight * value;
    }

    Map<PerformanceMetric, Estimate> metrics() {
      Map<PerformanceMetric, Estimate> metrics = new EnumMap<>(PerformanceMetric.class);
      metrics.put(PerformanceMetric.PRECISION_MACRO, Estimate.ofValue(plain[0] / kept));
      metrics.put(PerformanceMetric.RECALL_MACRO, Estimate.ofValue(plain[1] / kept));
      metrics.put(PerformanceMetric.F1_MACRO, Estimate.ofValue(plain[2] / kept));
      metrics.put(PerformanceMetric.PRECISION_WEIGHTED, weighted(0));
      metrics.put(PerformanceMetric.RECALL_WEIGHTED, weighted(1));
      metrics.put(PerformanceMetric.F1_WEIGHTED, weighted(2));
      return metrics;
    }

    private Estimate weighted(int index) {
      return Estimate.ofValue(kept == 0 ? Double.NaN : weighted[index]);
    }
  }
}
