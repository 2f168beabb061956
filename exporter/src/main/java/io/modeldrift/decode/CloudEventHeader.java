package io.modeldrift.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the value of a CloudEvents header field: quotes off, then percent-decoded once.
 *
 * <p>KServe writes JSON into some fields without any escaping; a value that begins like JSON is
 * taken as it is.
 */
final class CloudEventHeader {

  private CloudEventHeader() {}

  static String decoded(String value) {
    if (value.startsWith("{") || value.startsWith("[")) {
      return value;
    }
    String plain =
        value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
            ? unescaped(value.substring(1, value.length() - 1))
            : value;
    return plain.indexOf('%') < 0 ? plain : percentDecoded(plain);
  }

  private static String unescaped(String quoted) {
    StringBuilder plain = new StringBuilder(quoted.length());
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c == '\\' && i + 1 < quoted.length()) {
        c = quoted.charAt(++i);
      }
      plain.append(c);
    }
    return plain.toString();
  }

  private static String percentDecoded(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (in[i] == '%' && high >= 0 && low >= 0) {
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    Slice decoded = Slice.of(out.toByteArray());
    if (!Json.isUtf8(decoded)) {
      throw new Rejection(RejectReason.BAD_UTF8, "a CloudEvents header is not valid UTF-8");
    }
    return decoded.text();
  }
}
