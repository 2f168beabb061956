package io.modeldrift.decode;

import io.modeldrift.inference.NumberText;

/**
 * Reads what Triton answers to a request for classes: texts {@code value:index[:label]}.
 *
 * <p>Only a value with a decimal point is taken for one, so that times of day stay what they are.
 */
final class ClassScore {

  private String label = "";
  private double score;

  /** Returns whether the text is such a result. */
  boolean parse(char[] chars, int offset, int length) {
    int end = offset + length;
    int first = indexOf(chars, ':', offset, end);
    if (first < 0 || indexOf(chars, '.', offset, first) < 0) {
      return false;
    }
    int second = indexOf(chars, ':', first + 1, end);
    int indexEnd = second < 0 ? end : second;
    if (indexEnd == first + 1 || !areDigits(chars, first + 1, indexEnd)) {
      return false;
    }
    NumberText number = new NumberText();
    if (!number.parse(chars, offset, first - offset)) {
      return false;
    }
    score = number.value();
    label =
        second < 0
            ? new String(chars, first + 1, indexEnd - first - 1)
            : new String(chars, second + 1, end - second - 1);
    return true;
  }

  /** Returns the label of the class, or its index if it has none. */
  String label() {
    return label;
  }

  double score() {
    return score;
  }

  private static int indexOf(char[] chars, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (chars[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static boolean areDigits(char[] chars, int from, int to) {
    for (int i = from; i < to; i++) {
      if (chars[i] < '0' || chars[i] > '9') {
        return false;
      }
    }
    return true;
  }
}
