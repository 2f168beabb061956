package io.modeldrift.expose;

import java.math.BigDecimal;

/** Writes numbers for labels and JSON. */
final class Numbers {

  private Numbers() {}

  /**
   * Returns the shortest decimal text that reads back as the same number: {@code 3}, {@code 0.25},
   * {@code 1.0E20}.
   */
  static String shortest(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    double size = Math.abs(value);
    return size >= 1e-6 && size < 1e15
        ? new BigDecimal(Double.toString(value)).toPlainString()
        : Double.toString(value);
  }
}
