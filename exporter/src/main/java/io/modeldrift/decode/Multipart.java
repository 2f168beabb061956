package io.modeldrift.decode;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the JSON in a multipart form; files in it are left alone. */
final class Multipart {

  private static final int MAX_PARTS = 32;

  private Multipart() {}

  /**
   * Returns the content of the first part that is JSON by its first byte, or null.
   *
   * @throws Rejection if the form ends before the part that it has begun
   */
  static @Nullable Slice jsonPart(Slice body, String contentType) {
    int marker = contentType.indexOf("boundary=");
    if (marker < 0) {
      return null;
    }
    String boundary = contentType.substring(marker + 9).replaceAll(";.*$|\"", "").trim();
    // The content type comes in lower case; boundaries are compared without regard to it.
    String text =
        new String(body.bytes(), body.from(), body.length(), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    String delimiter = "--" + boundary;
    int start = text.indexOf(delimiter);
    for (int i = 0; i < MAX_PARTS && start >= 0 && !boundary.isEmpty(); i++) {
      if (text.startsWith("--", start + delimiter.length())) {
        return null; // the end of the form
      }
      int end = text.indexOf("\r\n" + delimiter, start + delimiter.length());
      int content = text.indexOf("\r\n\r\n", start);
      if (end < 0) {
        throw new Rejection(RejectReason.TRUNCATED, "the form ends within a part");
      }
      if (content < 0 || content > end) {
        return null;
      }
      int first = body.from() + content + 4;
      Slice part = body.between(first, Math.max(first, body.from() + end));
      if (isJson(part)) {
        return part;
      }
      start = end + 2;
    }
    return null;
  }

  private static boolean isJson(Slice part) {
    int p = JsonScan.skipBlank(part, part.from());
    return p < part.to() && (part.at(p) == '{' || part.at(p) == '[');
  }
}
