package io.modeldrift.decode;

import io.modeldrift.inference.Column;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Writes the values within one row, as a parser comes upon them, into the columns of a batch. */
final class FieldWriter {

  static final String BASE64_KEY = "b64";

  private final Bench bench;
  private final ColumnCursor cursor;
  private final boolean strict;
  private final Scalar held = new Scalar();

  /**
   * @param cursor at the row that is being written
   * @param strict whether an object where a scalar belongs ends the payload instead of being opaque
   */
  FieldWriter(Bench bench, ColumnCursor cursor, boolean strict) {
    this.bench = bench;
    this.cursor = cursor;
    this.strict = strict;
  }

  /** Writes the fields of an object; returns true if it is a base64 blob and no row at all. */
  boolean writeObject(JsonParser parser, int row) {
    String name = parser.nextName();
    if (BASE64_KEY.equals(name)) {
      JsonToken token = parser.nextToken();
      boolean text = token == JsonToken.VALUE_STRING;
      parser.skipChildren();
      name = parser.nextName();
      if (name == null && text) {
        return true;
      }
      setOpaque(BASE64_KEY, row);
    }
    while (name != null) {
      writeField(parser, parser.nextToken(), name, row);
      name = parser.nextName();
    }
    return false;
  }

  /** Writes one value as the column of this name, or as several if it is a vector. */
  void writeField(JsonParser parser, JsonToken token, String name, int row) {
    switch (token) {
      case START_ARRAY -> {
        if (writeVector(parser, row, bench.vector(name), false) == 0) {
          Scalar.write(parser, JsonToken.VALUE_NULL, cursor.column(name), row);
        }
      }
      case START_OBJECT -> {
        skipObject(parser);
        setOpaque(name, row);
      }
      default -> Scalar.write(parser, token, cursor.column(name), row);
    }
  }

  /**
   * Writes an array, flattened; returns how many values it held. The first value waits for a
   * second, since a vector of one has another name.
   */
  int writeVector(JsonParser parser, int row, VectorNames names, boolean wholeRow) {
    int count = 0;
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      switch (token) {
        case START_ARRAY -> depth++;
        case END_ARRAY -> depth--;
        case START_OBJECT -> {
          if (!wholeRow) {
            skipObject(parser);
            writeOpaqueElement(count++, names, row);
          } else if (writeObject(parser, row)) {
            writeOpaqueElement(count++, names, row);
          }
        }
        default -> writeElement(parser, token, count++, names, row);
      }
    }
    if (count == 1) {
      held.writeTo(cursor.column(names.single()), row);
    }
    return count;
  }

  private void writeElement(
      JsonParser parser, JsonToken token, int position, VectorNames names, int row) {
    if (position == 0) {
      held.hold(parser, token);
      return;
    }
    releaseFirst(position, names, row);
    Scalar.write(parser, token, cursor.column(names.at(position)), row);
  }

  private void writeOpaqueElement(int position, VectorNames names, int row) {
    if (position == 0) {
      held.holdOpaque();
      return;
    }
    releaseFirst(position, names, row);
    setOpaque(names.at(position), row);
  }

  private void releaseFirst(int position, VectorNames names, int row) {
    if (position == 1) {
      held.writeTo(cursor.column(names.at(0)), row);
    }
  }

  /** Says that a row's value of this column is nothing to compare. */
  void setOpaque(String name, int row) {
    Column column = cursor.column(name);
    if (column != null) {
      column.setOpaque(row);
    }
  }

  /** Skips an object; where the caller can be told, only a base64 blob is let through. */
  private void skipObject(JsonParser parser) {
    if (!strict) {
      parser.skipChildren();
      return;
    }
    String place = parser.streamReadContext().pathAsPointer().toString();
    String first = parser.nextName();
    if (!BASE64_KEY.equals(first) || parser.nextToken() != JsonToken.VALUE_STRING) {
      throw new NestedObject(place);
    }
    if (parser.nextName() != null) {
      throw new NestedObject(place);
    }
  }

  /** An object stands where the native format allows none; the parser knows the place. */
  static final class NestedObject extends RuntimeException {
    private static final long serialVersionUID = 1;

    NestedObject(String place) {
      super(place, null, false, false);
    }
  }
}
