package io.modeldrift.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Adaptive windowing: keeps the values since the last change, in buckets that grow exponentially,
 * and detects when an older and a newer part differ by more than chance. Rises and falls both
 * count. Bifet and Gavaldà (2007).
 *
 * <p>Memory and a check are logarithmic in the width of the window.
 */
public final class Adwin implements ConceptDriftDetector {

  private static final double TWO_THIRDS = 2.0 / 3;
  private static final int FIXED_STATE = 6;

  private final AdwinSettings settings;

  /** Row {@code i} holds buckets of {@code 2^i} values each. */
  private final List<AdwinRow> rows = new ArrayList<>();

  private long width;
  private double sum;
  private double squaredDeviations;
  private long tick;
  private boolean detected;

  public Adwin(AdwinSettings settings) {
    this.settings = settings;
  }

  @Override
  public DetectorSignal update(double loss) {
    DetectorState.requireFinite(loss);
    if (detected && settings.restartsAfterDetection()) {
      restart();
    }
    detected = false;
    insert(loss);
    tick++;
    if (tick % settings.clock() == 0 && width > settings.graceRows()) {
      while (cut()) {
        detected = true;
      }
    }
    return detected ? DetectorSignal.DETECTED : DetectorSignal.NONE;
  }

  private void insert(double loss) {
    if (width > 0) {
      double deviation = loss - sum / width;
      squaredDeviations += width * deviation * deviation / (width + 1.0);
    }
    width++;
    sum += loss;
    row(0).append(loss, 0);
    for (int i = 0; rows.get(i).size() > settings.maxBuckets(); i++) {
      rows.get(i).mergeOldestInto(row(i + 1), size(i));
    }
  }

  private AdwinRow row(int index) {
    if (index == rows.size()) {
      rows.add(new AdwinRow(settings.maxBuckets() + 1));
    }
    return rows.get(index);
  }

  /** Drops the oldest bucket if some cut divides the window into two that differ. */
  private boolean cut() {
    long olderRows = 0;
    double older = 0;
    for (int i = rows.size() - 1; i >= 0; i--) {
      AdwinRow row = rows.get(i);
      for (int bucket = 0; bucket < row.size(); bucket++) {
        olderRows += 1L << i;
        older += row.sum(bucket);
        if (olderRows == width) {
          return false;
        }
        if (differ(olderRows, older)) {
          dropOldest();
          return true;
        }
      }
    }
    return false;
  }

  private boolean differ(long olderRows, double older) {
    long newerRows = width - olderRows;
    int fewest = settings.minSubWindow();
    if (olderRows < fewest || newerRows < fewest) {
      return false;
    }
    double confidence = Math.log(2 * Math.log((double) width) / settings.delta());
    double inverse = 1.0 / (olderRows - fewest + 1) + 1.0 / (newerRows - fewest + 1);
    double bound =
        Math.sqrt(2 * inverse * (squaredDeviations / width) * confidence)
            + TWO_THIRDS * inverse * confidence;
    return Math.abs(older / olderRows - (sum - older) / newerRows) > bound;
  }

  private void dropOldest() {
    int last = rows.size() - 1;
    AdwinRow row = rows.get(last);
    double size = size(last);
    double bucketSum = row.sum(0);
    double bucketDeviations = row.squaredDeviations(0);
    row.removeOldest(1);
    width -= 1L << last;
    sum -= bucketSum;
    double gap = bucketSum / size - sum / width;
    squaredDeviations -= bucketDeviations + size * width * gap * gap / (size + width);
    if (row.size() == 0) {
      rows.remove(last);
    }
  }

  private static double size(int row) {
    return 1L << row;
  }

  /** Returns the number of values in the window. */
  public long width() {
    return width;
  }

  /** Returns the sum of the values in the window. */
  public double sum() {
    return sum;
  }

  /** Returns the sum of squared deviations from the window's mean. */
  public double squaredDeviations() {
    return squaredDeviations;
  }

  @Override
  public Result estimate() {
    return DetectorState.mean(sum / width, width);
  }

  @Override
  public double[] state() {
    int buckets = rows.stream().mapToInt(AdwinRow::size).sum();
    double[] state = new double[FIXED_STATE + rows.size() + 2 * buckets];
    state[0] = width;
    state[1] = sum;
    state[2] = squaredDeviations;
    state[3] = tick;
    state[4] = DetectorState.flag(detected);
    state[5] = rows.size();
    int next = FIXED_STATE;
    for (AdwinRow row : rows) {
      next = row.write(state, next);
    }
    return state;
  }

  @Override
  public void restore(double[] state) {
    if (state.length < FIXED_STATE) {
      throw new IllegalArgumentException(state.length + " numbers are too few");
    }
    long restoredWidth = DetectorState.count(state[0]);
    long restoredTick = DetectorState.count(state[3]);
    boolean restoredDetected = DetectorState.flag(state[4]);
    List<AdwinRow> restored = restoredRows(state, restoredWidth);
    rows.clear();
    rows.addAll(restored);
    width = restoredWidth;
    sum = state[1];
    squaredDeviations = state[2];
    tick = restoredTick;
    detected = restoredDetected;
  }

  private List<AdwinRow> restoredRows(double[] state, long expectedWidth) {
    List<AdwinRow> restored = new ArrayList<>();
    long rowCount = DetectorState.count(state[5]);
    int next = FIXED_STATE;
    long found = 0;
    for (int i = 0; i < rowCount && i < Long.SIZE - 1; i++) {
      AdwinRow row = new AdwinRow(settings.maxBuckets() + 1);
      next = row.read(state, next);
      found += row.size() * (1L << i);
      restored.add(row);
    }
    boolean endsEmpty = !restored.isEmpty() && restored.get(restored.size() - 1).size() == 0;
    if (endsEmpty
        || next != state.length
        || found != expectedWidth
        || restored.size() != rowCount) {
      throw new IllegalArgumentException("buckets and width do not agree");
    }
    return restored;
  }

  private void restart() {
    rows.clear();
    width = 0;
    sum = 0;
    squaredDeviations = 0;
    tick = 0;
  }
}
