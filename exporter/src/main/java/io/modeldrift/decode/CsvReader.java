package io.modeldrift.decode;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads comma-separated values as RFC 4180 describes them; blank lines are left out. */
final class CsvReader {

  private final String text;
  private int position;

  CsvReader(String text) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * Returns the cells of the next line, or null after the last one.
   *
   * @throws Rejection if a quoted cell does not end, or something follows its end
   */
  @Nullable List<String> next() {
    while (position < text.length() && isLineEnd(text.charAt(position))) {
      position++;
    }
    if (position >= text.length()) {
      return null;
    }
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(cell());
      if (position >= text.length() || isLineEnd(text.charAt(position))) {
        return cells;
      }
      position++; // the comma
    }
  }

  private String cell() {
    return position < text.length() && text.charAt(position) == '"' ? quoted() : plain();
  }

  private String plain() {
    int start = position;
    while (position < text.length()
        && text.charAt(position) != ','
        && !isLineEnd(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  private String quoted() {
    StringBuilder cell = new StringBuilder();
    position++;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c != '"') {
        cell.append(c);
      } else if (position < text.length() && text.charAt(position) == '"') {
        cell.append('"');
        position++;
      } else {
        requireEndOfCell();
        return cell.toString();
      }
    }
    throw new Rejection(RejectReason.TRUNCATED, "the payload ends within a quoted cell");
  }

  private void requireEndOfCell() {
    if (position < text.length()
        && text.charAt(position) != ','
        && !isLineEnd(text.charAt(position))) {
      throw new Rejection(RejectReason.BAD_CSV, "something follows the end of a quoted cell");
    }
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
