package io.modeldrift.baseline;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.NumberText;
import java.util.Set;

/** Decides what a field of a CSV file is. */
final class CsvCells {

  private static final String[] TRUE = {"true", "True", "TRUE"};
  private static final String[] FALSE = {"false", "False", "FALSE"};

  private final String[] missing;
  private final NumberText numberText = new NumberText();

  CsvCells(Set<String> missing) {
    this.missing = missing.toArray(String[]::new);
  }

  void set(Column column, int row, char[] chars, int offset, int length) {
    if (length == 0 || isAny(missing, chars, offset, length)) {
      column.setMissing(row);
    } else if (isJsonNumber(chars, offset, length) && numberText.parse(chars, offset, length)) {
      column.setNumber(row, numberText.value());
    } else if (isAny(TRUE, chars, offset, length)) {
      column.setBoolean(row, true);
    } else if (isAny(FALSE, chars, offset, length)) {
      column.setBoolean(row, false);
    } else {
      column.setText(row, chars, offset, length);
    }
  }

  /** A leading zero or plus sign makes a code, such as a postal code, and no number. */
  static boolean isJsonNumber(char[] chars, int offset, int length) {
    int end = offset + length;
    int next = chars[offset] == '-' ? offset + 1 : offset;
    int integer = digits(chars, next, end);
    if (integer == next || (chars[next] == '0' && integer > next + 1)) {
      return false;
    }
    next = integer;
    if (next < end && chars[next] == '.') {
      int fraction = digits(chars, next + 1, end);
      if (fraction == next + 1) {
        return false;
      }
      next = fraction;
    }
    return next == end || isExponent(chars, next, end);
  }

  private static boolean isExponent(char[] chars, int start, int end) {
    if ((chars[start] | 0x20) != 'e') {
      return false;
    }
    int next = start + 1;
    if (next < end && (chars[next] == '+' || chars[next] == '-')) {
      next++;
    }
    return next < end && digits(chars, next, end) == end;
  }

  private static int digits(char[] chars, int start, int end) {
    int next = start;
    while (next < end && chars[next] >= '0' && chars[next] <= '9') {
      next++;
    }
    return next;
  }

  private static boolean isAny(String[] words, char[] chars, int offset, int length) {
    for (String word : words) {
      if (word.length() == length && matches(word, chars, offset)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String word, char[] chars, int offset) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) != chars[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
