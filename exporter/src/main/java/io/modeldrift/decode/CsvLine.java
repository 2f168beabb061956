package io.modeldrift.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The cells of one line of comma-separated values; reused line after line. */
final class CsvLine {

  private char[] chars = {};
  private int[] bounds = new int[32];
  private int size;

  /** Forgets the cells for those of another line, which lie in this array. */
  void start(char[] of) {
    chars = of;
    size = 0;
  }

  void add(int from, int to) {
    if (2 * size == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * size] = from;
    bounds[2 * size + 1] = to;
    size++;
  }

  int size() {
    return size;
  }

  /** Returns the array that the cells are parts of; valid until the reader moves on. */
  char[] chars() {
    return chars;
  }

  int offset(int cell) {
    return bounds[2 * cell];
  }

  int length(int cell) {
    return bounds[2 * cell + 1] - bounds[2 * cell];
  }

  /** Returns a cell without white space around it. */
  String trimmed(int cell) {
    return text(cell).trim();
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      texts.add(text(i));
    }
    return texts;
  }

  private String text(int cell) {
    return new String(chars, offset(cell), length(cell));
  }
}
