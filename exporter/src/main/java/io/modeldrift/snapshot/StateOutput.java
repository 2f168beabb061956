package io.modeldrift.snapshot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes values into memory, compactly: most counts are zero and take a byte.
 *
 * <p>Numbers are written in groups of seven bits, the lowest first; the bits of a double are
 * reversed before, so that round numbers are short. Not thread-safe.
 */
public final class StateOutput {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Writes a number; negative ones take ten bytes. */
  public void number(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  public void real(double value) {
    number(Long.reverse(Double.doubleToRawLongBits(value)));
  }

  public void flag(boolean value) {
    bytes.write(value ? 1 : 0);
  }

  /** Writes a text with its length in front. */
  public void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    bytes.writeBytes(utf8);
  }

  /** Writes a moment to the nanosecond. */
  public void instant(Instant value) {
    number(value.getEpochSecond());
    number(value.getNano());
  }

  /** Writes numbers with their count in front. */
  public void numbers(long[] values) {
    number(values.length);
    for (long value : values) {
      number(value);
    }
  }

  /** Writes reals with their count in front. */
  public void reals(double[] values) {
    number(values.length);
    for (double value : values) {
      real(value);
    }
  }

  /** Returns what has been written. */
  public byte[] toBytes() {
    return bytes.toByteArray();
  }
}
