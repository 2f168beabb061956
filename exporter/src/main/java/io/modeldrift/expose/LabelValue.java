package io.modeldrift.expose;

import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.TextHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Turns a text that traffic chose into a label value: valid UTF-8 of at most {@value
 * CategoricalLayout#MAX_NAME_BYTES} bytes.
 *
 * <p>A text that has to be changed for that ends with a hash of the original, so that two different
 * texts never become the same series.
 */
final class LabelValue {

  private static final int MAX_BYTES = CategoricalLayout.MAX_NAME_BYTES;
  private static final char REPLACEMENT = '\uFFFD';

  private LabelValue() {}

  /** Returns the text itself where it can be a label value, else a readable stand-in. */
  static String of(String text) {
    String valid = withoutLoneSurrogates(text);
    if (valid.equals(text) && utf8Length(text) <= MAX_BYTES) {
      return text;
    }
    String suffix = "~" + HexFormat.of().toHexDigits(TextHash.of(text));
    // A code unit is a byte at least: what lies beyond need not be tried, one by one.
    int end = Math.min(valid.length(), MAX_BYTES);
    if (end < valid.length() && Character.isLowSurrogate(valid.charAt(end))) {
      end--;
    }
    while (utf8Length(valid.substring(0, end)) + suffix.length() > MAX_BYTES) {
      end = valid.offsetByCodePoints(end, -1);
    }
    return valid.substring(0, end) + suffix;
  }

  /** JSON can spell half a character, UTF-8 cannot; every such half would read the same. */
  private static String withoutLoneSurrogates(String text) {
    StringBuilder valid = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
        .forEach(valid::appendCodePoint);
    return valid.toString();
  }

  private static int utf8Length(String text) {
    return text.length() * 3 <= MAX_BYTES
        ? text.length()
        : text.getBytes(StandardCharsets.UTF_8).length;
  }
}
