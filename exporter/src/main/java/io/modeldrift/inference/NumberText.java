package io.modeldrift.inference;

/**
 * Reads a number from text: optional white space around it, a sign, decimal digits with at most one
 * point, an exponent; or {@code NaN}, {@code Inf}, {@code Infinity} in any case.
 *
 * <p>Stricter than {@link Double#parseDouble}, which also takes {@code 1f} and hexadecimal, and
 * allocates nothing for nearly all numbers of up to 18 digits and moderate exponents. The result is
 * the double nearest to the text.
 *
 * <p>Not thread-safe: the value is kept between {@link #parse} and {@link #value}.
 */
public final class NumberText {

  private static final long MAX_MANTISSA = 999_999_999_999_999_999L;
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
      if (mantissa > MAX_MANTISSA) {
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

  private double magnitude(int start) {
    double nearest = exact ? Decimals.nearest(mantissa, scale) : Double.NaN;
    return Double.isNaN(nearest)
        ? Math.abs(Double.parseDouble(new String(chars, start, end - start)))
        : nearest;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
