package io.modeldrift.baseline;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the lines of a file some hundred at a time, as bytes. */
final class LineChunk {

  /** The largest number of bytes of a line. */
  static final int MAX_LINE_BYTES = 4 << 20;

  private static final int CHUNK_BYTES = 1 << 18;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private byte[] bytes = new byte[CHUNK_BYTES];
  private int limit;
  private int taken;
  private boolean ended;
  private long linesBefore;
  private final List<Line> lines = new ArrayList<>();

  /** One line that is not blank: its bytes in the chunk, and its number in the file from 1. */
  record Line(int offset, int length, long number) {}

  LineChunk(InputStream in) {
    this.in = in;
  }

  /** Reads the next lines; returns false after the last. */
  boolean next() throws IOException {
    lines.clear();
    while (lines.isEmpty()) {
      System.arraycopy(bytes, taken, bytes, 0, limit - taken);
      limit -= taken;
      taken = 0;
      fill();
      if (limit == 0) {
        return false;
      }
      split();
    }
    return true;
  }

  List<Line> lines() {
    return lines;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns the number of lines of all chunks so far. */
  long linesRead() {
    return linesBefore;
  }

  private void fill() throws IOException {
    while (!ended && limit < bytes.length) {
      int read = in.read(bytes, limit, bytes.length - limit);
      ended = read < 0;
      limit += Math.max(0, read);
    }
  }

  private void split() throws IOException {
    int start = 0;
    for (int i = 0; i < limit; i++) {
      if (bytes[i] == '\n') {
        addLine(start, i);
        start = i + 1;
      }
    }
    if (ended && start < limit) {
      addLine(start, limit);
      start = limit;
    }
    if (start == 0) {
      grow();
    }
    taken = start;
  }

  private void addLine(int lineStart, int end) {
    linesBefore++;
    int start = linesBefore == 1 ? afterByteOrderMark(lineStart, end) : lineStart;
    for (int i = start; i < end; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        lines.add(new Line(start, end - start, linesBefore));
        return;
      }
    }
  }

  private int afterByteOrderMark(int start, int end) {
    int mark = BYTE_ORDER_MARK.length;
    boolean marked =
        end - start >= mark && Arrays.equals(bytes, start, start + mark, BYTE_ORDER_MARK, 0, mark);
    return marked ? start + mark : start;
  }

  private void grow() throws IOException {
    if (bytes.length >= MAX_LINE_BYTES) {
      throw new IOException("a line is longer than " + MAX_LINE_BYTES + " bytes");
    }
    bytes = Arrays.copyOf(bytes, bytes.length * 2);
  }
}
