package io.modeldrift.observe;

import java.util.List;

/**
 * What configuration declares about the values of one column, beyond what the baseline shows.
 *
 * @param feature whether the column is one of the model's; any other is left out of the comparison
 *     and only tells groups or segments apart
 * @param integer whether a fraction is a violation
 * @param minimum the smallest allowed number; −Infinity if nothing is declared
 * @param maximum the largest allowed number; +Infinity if nothing is declared
 * @param allowed the allowed categories; empty if nothing is declared
 * @param maxLength the largest number of chars of a text; {@link Integer#MAX_VALUE} if nothing is
 *     declared
 */
public record ColumnRules(
    boolean feature,
    boolean integer,
    double minimum,
    double maximum,
    List<String> allowed,
    int maxLength) {

  private static final ColumnRules NONE =
      new ColumnRules(
          true,
          false,
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          List.of(),
          Integer.MAX_VALUE);

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the range is empty or the length not positive
   */
  public ColumnRules {
    if (!(minimum <= maximum)) { // also refuses NaN
      throw new IllegalArgumentException("range [" + minimum + ", " + maximum + "] is empty");
    }
    if (maxLength < 1) {
      throw new IllegalArgumentException("max length " + maxLength + " is not positive");
    }
    allowed = List.copyOf(allowed);
  }

  /** Returns no rules: the baseline's own range and categories are what is expected. */
  public static ColumnRules none() {
    return NONE;
  }

  boolean declaresMinimum() {
    return minimum != Double.NEGATIVE_INFINITY;
  }

  boolean declaresMaximum() {
    return maximum != Double.POSITIVE_INFINITY;
  }
}
