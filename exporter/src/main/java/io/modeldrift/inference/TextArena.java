package io.modeldrift.inference;

import java.util.Arrays;

/**
 * A growing run of chars that the texts of one batch are copied into, so that none is an object.
 */
final class TextArena {

  private static final int RETAINED_CHARS = 1 << 20;
  private static final int FIRST_CHARS = 256;

  private char[] chars = {};
  private int used;

  char[] chars() {
    return chars;
  }

  int append(char[] source, int offset, int length) {
    int start = reserve(length);
    System.arraycopy(source, offset, chars, start, length);
    return start;
  }

  int append(CharSequence text) {
    int length = text.length();
    int start = reserve(length);
    for (int i = 0; i < length; i++) {
      chars[start + i] = text.charAt(i);
    }
    return start;
  }

  /** Forgets all texts; one huge payload must not keep its memory for ever. */
  void clear() {
    used = 0;
    if (chars.length > RETAINED_CHARS) {
      chars = new char[0];
    }
  }

  private int reserve(int length) {
    int start = used;
    if (chars.length - used < length) {
      chars =
          Arrays.copyOf(chars, Math.max(used + length, Math.max(FIRST_CHARS, chars.length * 2)));
    }
    used += length;
    return start;
  }
}
