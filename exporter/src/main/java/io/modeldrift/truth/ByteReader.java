package io.modeldrift.truth;

import io.modeldrift.inference.Value;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ByteWriter} wrote; other bytes end with an {@link IndexOutOfBoundsException} or
 * an {@link IllegalArgumentException}.
 */
final class ByteReader {

  private final byte[] bytes;
  private int position;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long fixed() {
    long number = 0;
    for (int i = 0; i < 8; i++) {
      number = (number << 8) | next();
    }
    return number;
  }

  /** Reads a number that an int holds. */
  int unsigned() {
    long number = varint();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("not an entry of this store");
    }
    return (int) number;
  }

  long signed() {
    long number = varint();
    return (number >>> 1) ^ -(number & 1);
  }

  double number() {
    return Double.longBitsToDouble(fixed());
  }

  @Nullable Value value() {
    return switch (next()) {
      case ByteWriter.NO_VALUE -> null;
      case ByteWriter.NUMERIC -> new Value.Numeric(number());
      case ByteWriter.NAMED -> new Value.Named(text());
      case ByteWriter.YES -> new Value.Flag(true);
      case ByteWriter.NO -> new Value.Flag(false);
      default -> throw new IllegalArgumentException("not an entry of this store");
    };
  }

  /** Returns how many bytes are left. */
  int remaining() {
    return bytes.length - position;
  }

  private String text() {
    int length = unsigned();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  private long varint() {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = next();
      number |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return number;
      }
    }
    throw new IllegalArgumentException("not an entry of this store");
  }

  private int next() {
    return bytes[position++] & 0xFF;
  }
}
