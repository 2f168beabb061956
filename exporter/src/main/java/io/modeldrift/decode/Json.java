package io.modeldrift.decode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** How JSON is read here: lenient where real servers are, bounded where the reader must be. */
final class Json {

  /**
   * Bodies are bounded before they get here, so lengths need no second limit; a number with a
   * thousand digits must become a double, not an error.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonScan.MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Json() {}

  /** Opens a parser in front of the first token of the slice. */
  static JsonParser parser(Slice in) {
    return FACTORY.createParser(ObjectReadContext.empty(), in.bytes(), in.from(), in.length());
  }

  /** Returns the reason for which the parser gave up; never the bytes it stumbled over. */
  static Rejection rejection(JacksonException e, JsonParser parser, Slice in, String prefix) {
    String pointer = prefix + parser.streamReadContext().pathAsPointer();
    if (e instanceof StreamConstraintsException) {
      return new Rejection(RejectReason.DEPTH, "nested deeper than " + JsonScan.MAX_DEPTH, pointer);
    }
    if (e instanceof UnexpectedEndOfInputException) {
      return new Rejection(RejectReason.BAD_JSON, "a JSON value ends early", pointer);
    }
    return isUtf8(in)
        ? new Rejection(RejectReason.BAD_JSON, "not valid JSON", pointer)
        : new Rejection(RejectReason.BAD_UTF8, "not valid UTF-8", pointer);
  }

  static boolean isUtf8(Slice in) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.bytes(), in.from(), in.length()));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  static boolean isNull(Slice value) {
    return value.length() == 4 && value.at(value.from()) == 'n';
  }

  static boolean isObject(Slice value) {
    return value.at(value.from()) == '{';
  }

  static boolean isArray(Slice value) {
    return value.at(value.from()) == '[';
  }

  static boolean isString(Slice value) {
    return value.at(value.from()) == '"';
  }

  static boolean isNumber(Slice value) {
    byte first = value.at(value.from());
    return first == '-' || (first >= '0' && first <= '9');
  }

  static boolean isScalar(Slice value) {
    return !isObject(value) && !isArray(value);
  }

  /** Returns the text of a string, or a number or boolean as it is written. */
  static String text(Slice scalar) {
    if (!isString(scalar)) {
      return scalar.text();
    }
    for (int p = scalar.from(); p < scalar.to(); p++) {
      if (scalar.at(p) == '\\') {
        return unescaped(scalar);
      }
    }
    return scalar.between(scalar.from() + 1, scalar.to() - 1).text();
  }

  private static String unescaped(Slice string) {
    try (JsonParser parser = parser(string)) {
      try {
        parser.nextToken();
        return parser.getString();
      } catch (JacksonException e) {
        throw rejection(e, parser, string, "");
      }
    }
  }

  /**
   * Returns the number that the slice holds.
   *
   * @throws Rejection if it is no number
   */
  static double number(Slice scalar, String pointer) {
    try (JsonParser parser = parser(scalar)) {
      JsonToken token = parser.nextToken();
      if (token != null && token.isNumeric()) {
        return parser.getDoubleValue();
      }
    } catch (JacksonException e) {
      // what follows says the same, without quoting the value
    }
    throw new Rejection(RejectReason.BAD_SHAPE, "a number is expected", pointer);
  }

  /** Returns a key as one reference token of a JSON pointer, slash included. */
  static String pointerTo(String key) {
    return "/" + key.replace("~", "~0").replace("/", "~1");
  }
}
