package io.modeldrift.statistics;

/**
 * A number computed from a sample, and how far chance alone may have moved it.
 *
 * @param value the number, or why there is none
 * @param standardError its sampling error in the same unit; absent where no formula is known or the
 *     sample is too small for it
 */
public record Estimate(Result value, Result standardError) {

  private static final Result NOT_DEFINED = Result.absent(Result.Reason.NOT_DEFINED);

  /** Returns a number without a known sampling error. */
  public static Estimate ofValue(double value) {
    return new Estimate(Result.ofFinite(value), NOT_DEFINED);
  }

  /** Returns a number with its sampling error; each is absent if it is NaN or infinite. */
  public static Estimate of(double value, double standardError) {
    return new Estimate(Result.ofFinite(value), Result.ofFinite(standardError));
  }

  /** Returns the share {@code part/whole} with its error; absent if the whole is 0. */
  static Estimate ofShare(double part, double whole) {
    double share = part / whole;
    return of(share, Math.sqrt(Math.max(0, share * (1 - share)) / whole));
  }

  /** Returns the mean of values with this sum and sum of squares, and its error. */
  static Estimate ofMean(long rows, double sum, double squares) {
    double mean = sum / rows;
    return of(mean, Math.sqrt(Math.max(0, squares / rows - mean * mean) / (rows - 1.0)));
  }
}
