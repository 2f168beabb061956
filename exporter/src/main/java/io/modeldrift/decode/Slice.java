package io.modeldrift.decode;

import java.nio.charset.StandardCharsets;

/**
 * Part of an array, not copied.
 *
 * @param bytes never written to
 * @param from the first byte
 * @param to one past the last byte
 */
record Slice(byte[] bytes, int from, int to) {

  static Slice of(byte[] bytes) {
    return new Slice(bytes, 0, bytes.length);
  }

  int length() {
    return to - from;
  }

  /** Returns the byte at this position of the array, not of the slice. */
  byte at(int position) {
    return bytes[position];
  }

  Slice between(int newFrom, int newTo) {
    return new Slice(bytes, newFrom, newTo);
  }

  Slice from(int newFrom) {
    return new Slice(bytes, newFrom, to);
  }

  /** Returns the bytes as UTF-8 text. */
  String text() {
    return new String(bytes, from, length(), StandardCharsets.UTF_8);
  }
}
