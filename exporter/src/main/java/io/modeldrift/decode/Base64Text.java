package io.modeldrift.decode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Decodes base64 in JSON strings. */
final class Base64Text {

  private Base64Text() {}

  /**
   * Returns the bytes; line breaks are skipped, and the URL-safe alphabet is understood too.
   *
   * @throws Rejection if the text is not base64
   */
  static Slice decode(String text, String pointer) {
    String plain = text.replace('-', '+').replace('_', '/').replace("\n", "").replace("\r", "");
    try {
      return Slice.of(Base64.getDecoder().decode(plain.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IllegalArgumentException e) {
      throw new Rejection(RejectReason.BAD_BASE64, "not valid base64", pointer);
    }
  }
}
