package io.modeldrift.snapshot;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Reads what {@link StateOutput} wrote, and trusts nothing: every length is checked against what is
 * left and against a cap before memory is taken. Not thread-safe.
 */
public final class StateInput {

  /** Nothing was ever counted so often, and a thousand of them can still be added. */
  private static final long MAX_COUNT = 1L << 53;

  private static final int MAX_TEXT_BYTES = 1 << 20;

  private final byte[] bytes;
  private int at;

  public StateInput(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public long number() throws SnapshotException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte part = next();
      value |= (part & 0x7FL) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new SnapshotException("a number has too many bytes");
  }

  /** Reads a number in a range, both ends included. */
  public long number(long min, long max) throws SnapshotException {
    long value = number();
    if (value < min || value > max) {
      throw new SnapshotException(value + " is not in " + min + " to " + max);
    }
    return value;
  }

  /** Reads a count that is not negative. */
  public long count() throws SnapshotException {
    return number(0, MAX_COUNT);
  }

  /** Reads how many elements follow, each of at least a byte. */
  public int size(int max) throws SnapshotException {
    long size = number(0, max);
    if (size > remaining()) {
      throw new SnapshotException(size + " elements where " + remaining() + " bytes are left");
    }
    return (int) size;
  }

  public double real() throws SnapshotException {
    return Double.longBitsToDouble(Long.reverse(number()));
  }

  public boolean flag() throws SnapshotException {
    return number(0, 1) == 1;
  }

  /** Reads a name, or any other text that is not long. */
  public String text() throws SnapshotException {
    return text(MAX_TEXT_BYTES);
  }

  /** Reads a text of at most so many bytes. */
  public String text(int maxBytes) throws SnapshotException {
    int length = size(maxBytes);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  public Instant instant() throws SnapshotException {
    try {
      return Instant.ofEpochSecond(number(), number(0, 999_999_999));
    } catch (DateTimeException e) {
      throw new SnapshotException("a moment beyond all calendars");
    }
  }

  /** Reads exactly so many counts. */
  public long[] counts(int expected) throws SnapshotException {
    checkSize(expected);
    long[] values = new long[expected];
    for (int i = 0; i < expected; i++) {
      values[i] = count();
    }
    return values;
  }

  /** Reads a real that is finite. */
  public double finite() throws SnapshotException {
    return finite(real());
  }

  /** Reads exactly so many reals that are finite. */
  public double[] finites(int expected) throws SnapshotException {
    double[] values = reals(expected);
    for (double value : values) {
      finite(value);
    }
    return values;
  }

  private static double finite(double value) throws SnapshotException {
    if (!Double.isFinite(value)) {
      throw new SnapshotException(value + " is not finite");
    }
    return value;
  }

  /** Reads exactly so many reals. */
  public double[] reals(int expected) throws SnapshotException {
    checkSize(expected);
    double[] values = new double[expected];
    for (int i = 0; i < expected; i++) {
      values[i] = real();
    }
    return values;
  }

  /** Returns how many bytes are left. */
  public int remaining() {
    return bytes.length - at;
  }

  private void checkSize(int expected) throws SnapshotException {
    int size = size(Integer.MAX_VALUE);
    if (size != expected) {
      throw new SnapshotException(size + " values where " + expected + " belong");
    }
  }

  private byte next() throws SnapshotException {
    if (at >= bytes.length) {
      throw new SnapshotException("it ends in the middle of a value");
    }
    return bytes[at++];
  }
}
