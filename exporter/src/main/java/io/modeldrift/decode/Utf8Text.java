package io.modeldrift.decode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 into an array that is reused, so that a text in a payload is no object. */
final class Utf8Text {

  private static final int RETAINED_CHARS = 1 << 20;

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private char[] chars = new char[64];
  private int length;

  /** Returns whether the bytes were valid UTF-8; the text is in {@link #chars} then. */
  boolean decode(Slice bytes) {
    if (chars.length < bytes.length()) {
      chars = new char[bytes.length()];
    }
    length = 0;
    for (int p = bytes.from(); p < bytes.to(); p++) {
      byte b = bytes.at(p);
      if (b < 0) {
        return decodeAll(bytes);
      }
      chars[length++] = (char) b;
    }
    return true;
  }

  private boolean decodeAll(Slice bytes) {
    CharBuffer out = CharBuffer.wrap(chars);
    decoder.reset();
    boolean valid =
        !decoder
            .decode(ByteBuffer.wrap(bytes.bytes(), bytes.from(), bytes.length()), out, true)
            .isError();
    length = out.position();
    return valid;
  }

  /** Forgets the text; one huge payload must not keep its memory until the next. */
  void release() {
    length = 0;
    if (chars.length > RETAINED_CHARS) {
      chars = new char[64];
    }
  }

  char[] chars() {
    return chars;
  }

  int length() {
    return length;
  }
}
