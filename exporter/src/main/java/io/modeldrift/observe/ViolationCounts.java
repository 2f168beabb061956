package io.modeldrift.observe;

import java.util.Arrays;

/**
 * How many values of one column violated each rule.
 *
 * <p>Immutable and thread-safe.
 */
public final class ViolationCounts {

  private final long[] counts;

  /** Takes one count for each {@link ViolationReason}, in the order of declaration. */
  public ViolationCounts(long[] counts) {
    if (counts.length != ViolationReason.values().length) {
      throw new IllegalArgumentException(counts.length + " counts, one a reason is needed");
    }
    this.counts = counts.clone();
  }

  /** Returns how many values violated the rule. */
  public long count(ViolationReason reason) {
    return counts[reason.ordinal()];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ViolationCounts that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return Arrays.toString(counts);
  }
}
