package io.modeldrift.baseline;

import io.modeldrift.inference.Column;

/** Copies cells from one batch's column to another's. */
final class Cells {

  private Cells() {}

  /**
   * Copies rows; of a text at most this many chars are kept. Returns the number of chars copied.
   */
  static long copy(Column from, int rows, Column to, int first, int maxChars) {
    long chars = 0;
    for (int row = 0; row < rows; row++) {
      int target = first + row;
      switch (from.kind(row)) {
        case Column.NUMBER -> to.setNumber(target, from.number(row));
        case Column.TEXT -> {
          int length = Math.min(from.textLength(row), maxChars);
          to.setText(target, from.textChars(), from.textOffset(row), length);
          chars += length;
        }
        case Column.TRUE -> to.setBoolean(target, true);
        case Column.FALSE -> to.setBoolean(target, false);
        case Column.OPAQUE -> to.setOpaque(target);
        case Column.MISSING -> to.setMissing(target);
        default -> {}
      }
    }
    return chars;
  }
}
