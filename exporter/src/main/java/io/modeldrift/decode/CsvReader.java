package io.modeldrift.decode;

/**
 * Reads comma-separated values as RFC 4180 describes them; blank lines are left out.
 *
 * <p>Allocates nothing per cell: cells are parts of the text, in which quoted ones are rewritten
 * without their quotes.
 */
final class CsvReader {

  private final char[] text;
  private final int end;
  private int position;

  CsvReader(String text) {
    this(text.toCharArray(), text.length());
  }

  /** Reads the first chars of an array, and may change them. */
  CsvReader(char[] text, int length) {
    this.text = text;
    this.end = length;
    this.position = length > 0 && text[0] == '\uFEFF' ? 1 : 0;
  }

  /**
   * Reads the cells of the next line; returns false after the last one.
   *
   * @throws Rejection if a quoted cell does not end, or something follows its end
   */
  boolean next(CsvLine line) {
    line.start(text);
    while (position < end && isLineEnd(text[position])) {
      position++;
    }
    if (position >= end) {
      return false;
    }
    while (true) {
      addCell(line);
      if (position >= end || isLineEnd(text[position])) {
        return true;
      }
      position++; // the comma
    }
  }

  private void addCell(CsvLine line) {
    if (position < end && text[position] == '"') {
      addQuoted(line);
      return;
    }
    int start = position;
    while (!isAtEndOfCell()) {
      position++;
    }
    line.add(start, position);
  }

  private void addQuoted(CsvLine line) {
    int start = ++position;
    int to = start;
    while (position < end) {
      char c = text[position++];
      if (c != '"') {
        text[to++] = c;
      } else if (position < end && text[position] == '"') {
        text[to++] = '"';
        position++;
      } else if (isAtEndOfCell()) {
        line.add(start, to);
        return;
      } else {
        throw new Rejection(RejectReason.BAD_CSV, "something follows the end of a quoted cell");
      }
    }
    throw new Rejection(RejectReason.TRUNCATED, "the payload ends within a quoted cell");
  }

  private boolean isAtEndOfCell() {
    return position >= end || text[position] == ',' || isLineEnd(text[position]);
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
