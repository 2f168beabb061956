package io.modeldrift.baseline;

import io.modeldrift.distribution.TextHash;

/**
 * Walks over the tokens of a text: runs of letters and digits, without regard to case. Part of the
 * baseline format, as vocabularies hold hashes of tokens. Allocates nothing once its buffer fits
 * the longest token.
 */
final class Tokens {

  /** Longer tokens are known by their beginning: nobody writes such words. */
  private static final int MAX_LENGTH = 64;

  private final char[] token = new char[MAX_LENGTH];
  private char[] chars = {};
  private int position;
  private int end;
  private int length;

  void over(char[] text, int offset, int textLength) {
    chars = text;
    position = offset;
    end = offset + textLength;
  }

  /** Goes to the next token; returns false if there is none. */
  boolean next() {
    while (position < end && !Character.isLetterOrDigit(chars[position])) {
      position++;
    }
    length = 0;
    boolean found = position < end;
    while (position < end && Character.isLetterOrDigit(chars[position])) {
      if (length < MAX_LENGTH) {
        token[length++] = Character.toLowerCase(chars[position]);
      }
      position++;
    }
    return found;
  }

  /** Returns the hash of the token. */
  long hash() {
    return TextHash.of(token, 0, length);
  }
}
