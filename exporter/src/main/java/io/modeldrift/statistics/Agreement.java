package io.modeldrift.statistics;

/**
 * When the outputs of two versions for the same request count as the same.
 *
 * @param absolute tolerated difference of numbers, at least 0
 * @param relative tolerated difference as a part of the first number, at least 0
 */
public record Agreement(double absolute, double relative) {

  public static final Agreement DEFAULT = new Agreement(1e-6, 1e-3);

  public Agreement {
    if (!(absolute >= 0 && relative >= 0)) {
      throw new IllegalArgumentException("tolerances must be at least 0");
    }
  }

  /** Returns whether two numbers agree: {@code |a − b| <= absolute + relative·|a|}. */
  public boolean agree(double first, double second) {
    return Math.abs(first - second) <= absolute + relative * Math.abs(first);
  }
}
