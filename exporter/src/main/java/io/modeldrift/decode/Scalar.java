package io.modeldrift.decode;

import io.modeldrift.inference.Column;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One value that waits until its column is known. Reused. */
final class Scalar {

  private JsonToken token = JsonToken.VALUE_NULL;
  private double number;
  private char[] text = new char[64];
  private int length;

  /** Takes the value that the parser stands on. */
  void hold(JsonParser parser, JsonToken current) {
    token = current;
    if (current.isNumeric()) {
      number = parser.getDoubleValue();
    } else if (current == JsonToken.VALUE_STRING) {
      length = parser.getStringLength();
      if (text.length < length) {
        text = new char[length];
      }
      System.arraycopy(parser.getStringCharacters(), parser.getStringOffset(), text, 0, length);
    }
  }

  /** Holds something that is not a scalar. */
  void holdOpaque() {
    token = JsonToken.START_OBJECT;
  }

  void writeTo(@Nullable Column column, int row) {
    if (column == null) {
      return;
    }
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> column.setNumber(row, number);
      case VALUE_STRING -> column.setText(row, text, 0, length);
      case VALUE_TRUE -> column.setBoolean(row, true);
      case VALUE_FALSE -> column.setBoolean(row, false);
      case VALUE_NULL -> column.setMissing(row);
      default -> column.setOpaque(row);
    }
  }

  void writeTo(TensorWriter tensor) {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> tensor.number(number);
      case VALUE_STRING -> tensor.text(text, 0, length);
      case VALUE_TRUE -> tensor.bool(true);
      case VALUE_FALSE -> tensor.bool(false);
      case VALUE_NULL -> tensor.missing();
      default -> tensor.opaque();
    }
  }

  /** Writes the value that the parser stands on; whatever is not a scalar is opaque, skipped. */
  static void write(JsonParser parser, JsonToken token, @Nullable Column column, int row) {
    if (column == null) {
      parser.skipChildren();
      return;
    }
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> column.setNumber(row, parser.getDoubleValue());
      case VALUE_STRING ->
          column.setText(
              row,
              parser.getStringCharacters(),
              parser.getStringOffset(),
              parser.getStringLength());
      case VALUE_TRUE -> column.setBoolean(row, true);
      case VALUE_FALSE -> column.setBoolean(row, false);
      case VALUE_NULL -> column.setMissing(row);
      default -> {
        parser.skipChildren();
        column.setOpaque(row);
      }
    }
  }
}
