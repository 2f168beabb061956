package io.modeldrift.inference;

/**
 * Doubles from decimal digits and a power of ten, without big numbers and without a table.
 *
 * <p>Pure functions.
 */
public final class Decimals {

  /** The largest number of significant digits. */
  public static final int MAX_DIGITS = 18;

  private static final long EXACT_MANTISSA = 1L << 53;
  private static final double WIDER = 1 + 0x1p-50;
  private static final double NARROWER = 1 - 0x1p-50;
  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Decimals() {}

  /**
   * Returns the double nearest to {@code mantissa * 10^scale}, or NaN where that takes more than a
   * few steps: ties and near ties, about one number in thousands, and extreme exponents.
   *
   * @param mantissa 0 to 10^{@value #MAX_DIGITS}
   */
  public static double nearest(long mantissa, int scale) {
    if (scale <= -EXACT_POWERS.length || scale >= EXACT_POWERS.length) {
      return Double.NaN;
    }
    if (mantissa <= EXACT_MANTISSA) {
      // A product or quotient of two exact doubles is correctly rounded (Clinger 1990).
      return scale < 0 ? mantissa / EXACT_POWERS[-scale] : mantissa * EXACT_POWERS[scale];
    }
    if (scale == 0) {
      return (double) mantissa;
    }
    return scale < 0 ? quotient(mantissa, EXACT_POWERS[-scale]) : Double.NaN;
  }

  /**
   * Divides in twice the precision. The correction is off by less than four of its own last bits;
   * where that could change the rounding, nobody knows the nearest double yet.
   */
  private static double quotient(long mantissa, double power) {
    double high = (double) mantissa;
    double low = mantissa - (long) high;
    double quotient = high / power;
    double correction = (Math.fma(-quotient, power, high) + low) / power;
    double nearest = quotient + correction * WIDER;
    return nearest == quotient + correction * NARROWER ? nearest : Double.NaN;
  }
}
