package io.modeldrift.statistics;

/** A share in which groups may be treated differently. */
public enum GroupRate {
  /** Part of the rows that is predicted positive; needs no ground truth. */
  SELECTION,
  /** Part of the positives that is found: true positive rate. */
  TRUE_POSITIVE,
  /** Part of the negatives that is taken for positive: false positive rate. */
  FALSE_POSITIVE,
  /** Part of the predicted positives that is right. */
  PRECISION;

  /** Returns how many rows of a group have it. */
  public long numerator(GroupCounts group) {
    return switch (this) {
      case SELECTION -> group.selected();
      case TRUE_POSITIVE, PRECISION -> Math.round(group.outcomes().truePositives());
      case FALSE_POSITIVE -> Math.round(group.outcomes().falsePositives());
    };
  }

  /** Returns of how many rows. */
  public long denominator(GroupCounts group) {
    return switch (this) {
      case SELECTION -> group.rows();
      case TRUE_POSITIVE -> Math.round(group.outcomes().positives());
      case FALSE_POSITIVE -> Math.round(group.outcomes().negatives());
      case PRECISION -> Math.round(group.outcomes().selected());
    };
  }
}
