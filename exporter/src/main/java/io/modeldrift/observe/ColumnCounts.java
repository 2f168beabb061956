package io.modeldrift.observe;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.Arrays;
import java.util.List;

/**
 * The counts of one column: in total, and per pane of every window.
 *
 * <p>A value is counted once, into an open pane that no window owns; {@link #flush} adds it to the
 * total and to the newest pane of each window. So the cost of a value does not depend on the number
 * of windows. Behind the bins, the same arrays hold the violations by reason.
 *
 * <p>Not thread-safe: the model's lock guards it. Memory is {@code 16 * bins + 8 * reasons} bytes
 * per pane.
 */
final class ColumnCounts {

  private static final int REASONS = ViolationReason.values().length;
  private static final int MAX_SAVED_BINS = 10_000;

  private final int bins;
  private final int slots;
  private final long[] open;
  private final double[] openSums;
  private final long[] total;
  private final double[] totalSums;
  private final long[][] panes;
  private final double[][] paneSums;

  ColumnCounts(int bins, List<Window> windows) {
    this.bins = bins;
    this.slots = bins + REASONS;
    this.open = new long[slots];
    this.openSums = new double[bins];
    this.total = new long[slots];
    this.totalSums = new double[bins];
    this.panes = new long[windows.size()][];
    this.paneSums = new double[windows.size()][];
    for (int w = 0; w < panes.length; w++) {
      panes[w] = new long[windows.get(w).panes() * slots];
      paneSums[w] = new double[windows.get(w).panes() * bins];
    }
  }

  void add(int bin, double value) {
    open[bin]++;
    openSums[bin] += value;
  }

  void addMany(int bin, int count) {
    open[bin] += count;
  }

  void addViolation(ViolationReason reason) {
    open[bins + reason.ordinal()]++;
  }

  void addViolations(ViolationReason reason, int count) {
    open[bins + reason.ordinal()] += count;
  }

  /** Closes the open pane: adds it to the total and to one pane of each window. */
  void flush(int[] newestPanes) {
    for (int slot = 0; slot < slots; slot++) {
      long count = open[slot];
      if (count != 0) {
        total[slot] += count;
        for (int w = 0; w < panes.length; w++) {
          panes[w][newestPanes[w] * slots + slot] += count;
        }
        open[slot] = 0;
      }
    }
    for (int bin = 0; bin < bins; bin++) {
      double sum = openSums[bin];
      if (sum != 0) {
        totalSums[bin] += sum;
        for (int w = 0; w < panes.length; w++) {
          paneSums[w][newestPanes[w] * bins + bin] += sum;
        }
        openSums[bin] = 0;
      }
    }
  }

  /** Empties a pane that has aged out. */
  void clear(int window, int pane) {
    Arrays.fill(panes[window], pane * slots, (pane + 1) * slots, 0);
    Arrays.fill(paneSums[window], pane * bins, (pane + 1) * bins, 0);
  }

  /**
   * Takes over what was counted over the same bins before, flushed.
   *
   * @param windows for each window its index there, or -1 if it is new
   */
  void takeOver(ColumnCounts before, int[] windows) {
    System.arraycopy(before.total, 0, total, 0, slots);
    System.arraycopy(before.totalSums, 0, totalSums, 0, bins);
    for (int w = 0; w < panes.length; w++) {
      if (windows[w] >= 0) {
        System.arraycopy(before.panes[windows[w]], 0, panes[w], 0, panes[w].length);
        System.arraycopy(before.paneSums[windows[w]], 0, paneSums[w], 0, paneSums[w].length);
      }
    }
  }

  /** Forgets what was counted in total; windows go on. */
  void clearTotal() {
    Arrays.fill(total, 0);
    Arrays.fill(totalSums, 0);
  }

  /** Writes all counts, which must be flushed. */
  void save(StateOutput out) {
    out.number(bins);
    out.numbers(total);
    out.reals(totalSums);
    for (int w = 0; w < panes.length; w++) {
      out.numbers(panes[w]);
      out.reals(paneSums[w]);
    }
  }

  /**
   * Reads counts that were made over these windows.
   *
   * @throws SnapshotException if they are not such counts
   */
  static ColumnCounts restore(StateInput in, List<Window> windows) throws SnapshotException {
    int bins = (int) in.number(1, MAX_SAVED_BINS);
    long values = windows.stream().mapToLong(Window::panes).sum() * (2L * bins + REASONS);
    if (values > in.remaining()) {
      throw new SnapshotException(values + " counts are more than there can be");
    }
    ColumnCounts counts = new ColumnCounts(bins, windows);
    copy(in.counts(counts.slots), counts.total);
    copy(in.reals(bins), counts.totalSums);
    for (int w = 0; w < windows.size(); w++) {
      copy(in.counts(counts.panes[w].length), counts.panes[w]);
      copy(in.reals(counts.paneSums[w].length), counts.paneSums[w]);
    }
    return counts;
  }

  private static void copy(long[] from, long[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  int bins() {
    return bins;
  }

  BinnedCounts total() {
    return BinnedCounts.of(Arrays.copyOf(total, bins), totalSums);
  }

  ViolationCounts totalViolations() {
    return new ViolationCounts(Arrays.copyOfRange(total, bins, slots));
  }

  BinnedCounts window(int window) {
    double[] sums = new double[bins];
    for (int i = 0; i < paneSums[window].length; i++) {
      sums[i % bins] += paneSums[window][i];
    }
    return BinnedCounts.of(Arrays.copyOf(windowSlots(window), bins), sums);
  }

  ViolationCounts windowViolations(int window) {
    return new ViolationCounts(Arrays.copyOfRange(windowSlots(window), bins, slots));
  }

  private long[] windowSlots(int window) {
    long[] counts = new long[slots];
    long[] ring = panes[window];
    for (int start = 0; start < ring.length; start += slots) {
      for (int slot = 0; slot < slots; slot++) {
        counts[slot] += ring[start + slot];
      }
    }
    return counts;
  }
}
