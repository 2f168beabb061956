package io.modeldrift.baseline;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/**
 * Splits CSV into records and fields (RFC 4180), without an object a field.
 *
 * <p>Lenient where files are sloppy, so that one bad line costs one bad line: a quote inside an
 * unquoted field stands for itself, and a quote that is never closed within {@value #MAX_CHARS}
 * chars is taken as it stands up to the end of its line. Lines end with LF, CR LF or CR. Empty
 * lines are skipped.
 */
final class CsvRecords {

  /** The largest number of chars of a record. */
  static final int MAX_CHARS = 1 << 22;

  private static final int FIRST_FIELDS = 64;

  private final Reader in;
  private final char delimiter;
  private char[] buffer = new char[1 << 16];
  private int start;
  private int position;
  private int limit;
  private boolean ended;
  private long line = 1;
  private long recordLine;
  private int fields;
  private int[] offsets = new int[FIRST_FIELDS];
  private int[] lengths = new int[FIRST_FIELDS];
  private boolean openQuote;

  CsvRecords(Reader in, char delimiter) {
    this.in = in;
    this.delimiter = delimiter;
  }

  /** Reads the next record; returns false after the last. */
  boolean next() throws IOException {
    while (true) {
      start = position;
      recordLine = line;
      if (peek() < 0) {
        return false;
      }
      openQuote = false;
      if (!readRecord(true)) {
        position = start;
        line = recordLine;
        openQuote = true;
        readRecord(false);
      }
      if (fields > 1 || lengths[0] > 0 || openQuote) {
        return true;
      }
    }
  }

  /** Returns the number of fields of the record. */
  int fields() {
    return fields;
  }

  /** Returns the chars that fields point into; valid until the next record. */
  char[] chars() {
    return buffer;
  }

  int offset(int field) {
    return start + offsets[field];
  }

  int length(int field) {
    return lengths[field];
  }

  String text(int field) {
    return new String(buffer, offset(field), length(field));
  }

  /** Returns the line on which the record begins, from 1. */
  long line() {
    return recordLine;
  }

  /** Returns whether the record opens a quote that is never closed. */
  boolean hasOpenQuote() {
    return openQuote;
  }

  private boolean readRecord(boolean quotes) throws IOException {
    fields = 0;
    while (true) {
      boolean quoted = quotes && peek() == '"';
      if (!(quoted ? readQuoted() : readPlain())) {
        return false;
      }
      int c = peek();
      if (c != delimiter) {
        endLine(c);
        return true;
      }
      position++;
    }
  }

  private boolean readPlain() throws IOException {
    int from = position - start;
    skipToSeparator();
    addField(from, position - start - from);
    return true;
  }

  private void skipToSeparator() throws IOException {
    int c = peek();
    while (c >= 0 && c != delimiter && c != '\n' && c != '\r') {
      position++;
      c = position < limit ? buffer[position] : peek();
    }
    if (position - start > MAX_CHARS) {
      throw new IOException("a line is too long: is this a CSV file?");
    }
  }

  /** What follows the closing quote, against the rules, belongs to the field. */
  private boolean readQuoted() throws IOException {
    position++;
    int from = position - start;
    if (!skipToClosingQuote()) {
      return false;
    }
    int closing = position - 1 - start;
    skipToSeparator();
    addField(from, withoutQuotes(from, closing, position - start) - from);
    return true;
  }

  private boolean skipToClosingQuote() throws IOException {
    while (true) {
      int c = peek();
      if (c < 0 || position - start >= MAX_CHARS) {
        return false;
      }
      position++;
      if (c == '"') {
        if (peek() != '"') {
          return true;
        }
        position++;
      }
      line += c == '\n' ? 1 : 0;
    }
  }

  /** Halves doubled quotes and takes out the closing one, in place; returns the new end. */
  private int withoutQuotes(int from, int closing, int end) {
    int to = from;
    for (int i = from; i < end; i++) {
      if (i == closing) {
        continue;
      }
      char c = buffer[start + i];
      buffer[start + to++] = c;
      if (c == '"' && i < closing) {
        i++;
      }
    }
    return to;
  }

  private void addField(int offset, int length) {
    if (fields == offsets.length) {
      offsets = Arrays.copyOf(offsets, fields * 2);
      lengths = Arrays.copyOf(lengths, fields * 2);
    }
    offsets[fields] = offset;
    lengths[fields++] = length;
  }

  private void endLine(int c) throws IOException {
    if (c < 0) {
      return;
    }
    position++;
    if (c == '\r' && peek() == '\n') {
      position++;
    }
    line++;
  }

  private int peek() throws IOException {
    return position < limit || fill() ? buffer[position] : -1;
  }

  /** Moves the record to the front of the buffer and reads on; false at the end. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    int kept = limit - start;
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, kept);
      position -= start;
      start = 0;
      limit = kept;
    } else if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    ended = read < 0;
    limit += Math.max(0, read);
    return read > 0;
  }
}
