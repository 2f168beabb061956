package io.modeldrift.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the tokens {@code Inf} and {@code -Inf}, which TensorFlow Serving reads and writes and
 * the JSON parser does not know, into {@code Infinity}. Only tried once a payload has failed.
 */
final class InfinityTokens {

  private static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.US_ASCII);

  private InfinityTokens() {}

  /** Returns a rewritten copy, or null if there is no such token outside strings. */
  static @Nullable Slice expanded(Slice in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length() + 64);
    int copied = in.from();
    int p = in.from();
    while (p < in.to()) {
      if (in.at(p) == '"') {
        p = JsonScan.skipString(in, p);
      } else if (isToken(in, p)) {
        out.write(in.bytes(), copied, p - copied);
        out.writeBytes(INFINITY);
        p += 3;
        copied = p;
      } else {
        p++;
      }
    }
    if (copied == in.from()) {
      return null;
    }
    out.write(in.bytes(), copied, in.to() - copied);
    return Slice.of(out.toByteArray());
  }

  private static boolean isToken(Slice in, int p) {
    return p + 3 <= in.to()
        && in.at(p) == 'I'
        && in.at(p + 1) == 'n'
        && in.at(p + 2) == 'f'
        && (p + 3 == in.to() || !Character.isLetter((char) in.at(p + 3)));
  }
}
