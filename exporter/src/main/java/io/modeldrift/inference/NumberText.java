package io.modeldrift.inference;

/**
 * Reads a number from text: optional white space around it, a sign, decimal digits with at most one
 * point, an exponent; or {@code NaN}, {@code Inf}, {@code Infinity} in any case.
 *
 * <p>Stricter than {@link Double#parseDouble}, which also takes {@code 1f} and hexadecimal, and
 * allocates nothing for numbers of up to 15 digits and moderate exponents. The result is the double
 * nearest to the text.
 *
 * <p>Not thread-safe: the value is kept between {@link #parse} and {@link #value}.
 */
public final class NumberText {

  private static final long EXACT_MANTISSA = 1L << 53;
  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final int MAX_EXPONENT = 100_000;

  private char[] chars = {};
  private int next;
  private int end;
  private long mantissa;
  private int scale;
  private boolean exact;
  private double value;

  /** Reads part of an array and returns whether it is a number. */
  public boolean parse(char[] source, int offset, int length) {
    chars = source;
    next = offset;
    end = offset + length;
    trim();
    int start = next;
    boolean negative = sign();
    if (next == end) {
      return false;
    }
    if (!isDigit(chars[next]) && chars[next] != '.') {
      return word(negative);
    }
    return decimal(start, negative);
  }

  /** Returns the number that the last successful {@link #parse} read; may be NaN or infinite. */
  public double value() {
    return value;
  }

  private void trim() {
    while (next < end && chars[next] <= ' ') {
      next++;
    }
    while (end > next && chars[end - 1] <= ' ') {
      end--;
    }
  }

  private boolean sign() {
    if (next < end && (chars[next] == '-' || chars[next] == '+')) {
      return chars[next++] == '-';
    }
    return false;
  }

  private boolean word(boolean negative) {
    if (is("nan")) {
      value = Double.NaN;
      return true;
    }
    if (is("inf") || is("infinity")) {
      value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return true;
    }
    return false;
  }

  private boolean is(String word) {
    if (end - next != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((chars[next + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean decimal(int start, boolean negative) {
    mantissa = 0;
    scale = 0;
    exact = true;
    int digits = digits(false);
    if (next < end && chars[next] == '.') {
      next++;
      digits += digits(true);
    }
    if (digits == 0 || !exponent() || next != end) {
      return false;
    }
    double magnitude = magnitude(start);
    value = negative ? -magnitude : magnitude;
    return true;
  }

  private int digits(boolean fraction) {
    int first = next;
    while (next < end && isDigit(chars[next])) {
      mantissa = mantissa * 10 + (chars[next++] - '0');
      if (mantissa > EXACT_MANTISSA) {
        exact = false;
        mantissa = 1; // only keeps it from overflowing, the slow way reads the digits again
      }
    }
    if (fraction) {
      scale -= next - first;
    }
    return next - first;
  }

  private boolean exponent() {
    if (next == end || (chars[next] | 0x20) != 'e') {
      return true;
    }
    next++;
    boolean negative = sign();
    int first = next;
    int exponent = 0;
    while (next < end && isDigit(chars[next])) {
      exponent = Math.min(MAX_EXPONENT, exponent * 10 + (chars[next++] - '0'));
    }
    scale += negative ? -exponent : exponent;
    return next > first;
  }

  /** A product or quotient of two exact doubles is correctly rounded (Clinger 1990). */
  private double magnitude(int start) {
    if (exact && Math.abs(scale) < EXACT_POWERS.length) {
      return scale < 0 ? mantissa / EXACT_POWERS[-scale] : mantissa * EXACT_POWERS[scale];
    }
    return Math.abs(Double.parseDouble(new String(chars, start, end - start)));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
