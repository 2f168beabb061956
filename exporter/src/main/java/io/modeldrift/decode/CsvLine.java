package io.modeldrift.decode;

import java.util.ArrayList;
import java.util.List;

/** The cells of one line of comma-separated values; reused line after line. */
final class CsvLine {

  private char[] chars = {};
  private final Spans cells = new Spans();

  /** Forgets the cells for those of another line, which lie in this array. */
  void start(char[] of) {
    chars = of;
    cells.clear();
  }

  void add(int from, int to) {
    cells.add(from, to);
  }

  int size() {
    return cells.size();
  }

  /** Returns the array that the cells are parts of; valid until the reader moves on. */
  char[] chars() {
    return chars;
  }

  int offset(int cell) {
    return cells.from(cell);
  }

  int length(int cell) {
    return cells.to(cell) - cells.from(cell);
  }

  /** Returns a cell without white space around it. */
  String trimmed(int cell) {
    return text(cell).trim();
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      texts.add(text(i));
    }
    return texts;
  }

  private String text(int cell) {
    return new String(chars, offset(cell), length(cell));
  }
}
