package io.modeldrift.baseline;

import java.math.BigDecimal;
import tools.jackson.core.io.NumberOutput;

/**
 * The text of a number in a categorical column: integers without a fraction, so that {@code 1} and
 * {@code 1.0} are one category; other numbers as the shortest text that reads back as the same
 * double.
 *
 * <p>Part of the baseline format. The JDK's own text of a double differs between versions, so it is
 * not used. Integers below 10^18 allocate nothing.
 *
 * <p>Not thread-safe: the chars are overwritten by the next number.
 */
public final class CategoryText {

  private static final double LONG_ENOUGH = 1e18;

  private char[] chars = new char[32];
  private int offset;
  private int length;

  /** Writes the text of a finite number. */
  void write(double number) {
    if (Math.abs(number) < LONG_ENOUGH && number == (long) number) {
      writeInteger((long) number);
    } else if (number == Math.rint(number)) {
      writeText(new BigDecimal(number).toPlainString());
    } else {
      writeText(NumberOutput.toString(number, true));
    }
  }

  char[] chars() {
    return chars;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  @Override
  public String toString() {
    return new String(chars, offset, length);
  }

  /** Returns the text of a finite number. */
  public static String of(double number) {
    CategoryText text = new CategoryText();
    text.write(number);
    return text.toString();
  }

  private void writeInteger(long integer) {
    int first = chars.length;
    long rest = Math.abs(integer);
    do {
      chars[--first] = (char) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    if (integer < 0) {
      chars[--first] = '-';
    }
    offset = first;
    length = chars.length - first;
  }

  private void writeText(String text) {
    if (text.length() > chars.length) {
      chars = new char[text.length()];
    }
    text.getChars(0, text.length(), chars, 0);
    offset = 0;
    length = text.length();
  }
}
