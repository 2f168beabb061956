package io.modeldrift.decode;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the JSON data of one tensor after its shape was checked. */
final class TensorValues {

  private final TensorWriter writer;
  private final Scalar scalar = new Scalar();

  TensorValues(TensorWriter writer) {
    this.writer = writer;
  }

  void write(Slice data, Datatype type, boolean documents, String pointer) {
    try (JsonParser parser = Json.parser(data)) {
      try {
        int depth = 0;
        do {
          JsonToken token = parser.nextToken();
          if (token == null) {
            throw new Rejection(RejectReason.BAD_JSON, "a value is missing", pointer);
          }
          switch (token) {
            case START_ARRAY -> depth++;
            case END_ARRAY -> depth--;
            default -> writeValue(parser, token, type, documents);
          }
        } while (depth > 0);
      } catch (JacksonException e) {
        throw Json.rejection(e, parser, data, pointer);
      }
    }
  }

  private void writeValue(JsonParser parser, JsonToken token, Datatype type, boolean documents) {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> writeNumber(parser.getDoubleValue(), type);
      case VALUE_STRING -> writeText(parser, documents);
      case VALUE_TRUE -> writer.bool(true);
      case VALUE_FALSE -> writer.bool(false);
      case VALUE_NULL -> writer.missing();
      default -> {
        parser.skipChildren();
        writer.opaque();
      }
    }
  }

  private void writeNumber(double number, Datatype type) {
    switch (type) {
      case BOOL -> writer.bool(number != 0);
      case BYTES -> {
        char[] text = canonical(number).toCharArray();
        writer.text(text, 0, text.length);
      }
      default -> {
        if (type.isInteger() && number != Math.rint(number) && !Double.isNaN(number)) {
          writer.typeMismatch();
        }
        writer.number(number);
      }
    }
  }

  /** {@code 1.0} and {@code 1} are the same category. */
  static String canonical(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private void writeText(JsonParser parser, boolean document) {
    if (document) {
      writeDocument(Slice.of(parser.getString().getBytes(StandardCharsets.UTF_8)));
    } else {
      writer.text(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    }
  }

  /** Writes a JSON document that is itself a value: a scalar, or opaque. */
  private void writeDocument(Slice document) {
    try (JsonParser parser = Json.parser(document)) {
      JsonToken token = parser.nextToken();
      if (token != null && token.isScalarValue()) {
        scalar.hold(parser, token);
        scalar.writeTo(writer);
        return;
      }
    } catch (JacksonException e) {
      // not a document: opaque like any other that is no scalar
    }
    writer.opaque();
  }
}
