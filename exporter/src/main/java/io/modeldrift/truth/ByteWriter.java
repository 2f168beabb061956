package io.modeldrift.truth;

import io.modeldrift.inference.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the entries of the store: small numbers take one byte. */
final class ByteWriter {

  static final int NO_VALUE = 0;
  static final int NUMERIC = 1;
  static final int NAMED = 2;
  static final int YES = 3;
  static final int NO = 4;

  private byte[] bytes = new byte[48];
  private int length;

  void fixed(long number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      add((int) (number >>> shift));
    }
  }

  void unsigned(long number) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      add((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    add((int) rest);
  }

  /** Writes a number that is small in either direction. */
  void signed(long number) {
    unsigned((number << 1) ^ (number >> 63));
  }

  void number(double number) {
    fixed(Double.doubleToLongBits(number));
  }

  void value(@Nullable Value value) {
    if (value == null) {
      add(NO_VALUE);
    } else if (value instanceof Value.Numeric numeric) {
      add(NUMERIC);
      number(numeric.number());
    } else if (value instanceof Value.Named named) {
      byte[] text = named.name().getBytes(StandardCharsets.UTF_8);
      add(NAMED);
      unsigned(text.length);
      for (byte b : text) {
        add(b);
      }
    } else {
      add(((Value.Flag) value).yes() ? YES : NO);
    }
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void add(int b) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = (byte) b;
  }
}
