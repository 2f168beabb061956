package io.modeldrift.decode;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes JSON values into the columns of one batch: the meaning that all formats with JSON rows
 * share.
 *
 * <p>A row is a scalar, an array (flattened row-major, named by position) or an object (named by
 * its keys; an array within it becomes {@code key_0}, {@code key_1} …). What is not a scalar in the
 * end is opaque.
 */
final class RowWriter {

  private final Bench bench;
  private final InferenceBatch batch;
  private final ColumnCursor cursor;
  private final FieldWriter fields;
  private final VectorNames positions;
  private final int configured;
  private final PlainRows plain;
  private int width = -1;

  /**
   * @param strict whether an object where a scalar belongs ends the payload instead of being opaque
   */
  RowWriter(Bench bench, InferenceBatch batch, Role role, boolean strict) {
    this.bench = bench;
    this.batch = batch;
    this.cursor = new ColumnCursor(batch, role);
    this.fields = new FieldWriter(bench, cursor, strict);
    String model = batch.model().name();
    this.positions = bench.positional(role, model);
    this.configured = bench.configured(role, model).size();
    this.plain = new PlainRows(bench, batch, role, positions, configured);
  }

  /** Writes each element of an array as a row, from this row on; returns how many there were. */
  int writeRows(Slice array, int firstRow, String pointer) {
    int rows = plain.write(array, firstRow, Math.max(0, width));
    if (rows >= 0) {
      keepWidth();
      return rows;
    }
    return mayHoldWideRow(array)
        ? writeElements(array, firstRow, pointer)
        : streamRows(array, firstRow, pointer);
  }

  private void keepWidth() {
    width = plain.width() > 0 ? plain.width() : width;
  }

  private boolean mayHoldWideRow(Slice array) {
    int narrow = narrowBytes();
    if (array.length() <= narrow) {
      return false;
    }
    JsonElements elements = JsonElements.of(array, 1);
    for (int i = 0; i < elements.size(); i++) {
      if (isWide(elements.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isWide(Slice value) {
    return value.length() > narrowBytes()
        && JsonScan.countLeaves(value, value.from(), value.to()) > maxFeatures();
  }

  /** Every scalar takes two bytes at least, so shorter values need not be looked at. */
  private int narrowBytes() {
    return 2 * maxFeatures();
  }

  int maxFeatures() {
    return bench.settings().maxFeatures();
  }

  /** Writes numbers as the unnamed values of a row. */
  void writeNumbers(double[] numbers, int row) {
    startRow(row);
    for (int i = 0; i < numbers.length; i++) {
      String name = numbers.length == 1 ? positions.single() : positions.at(i);
      Column column = cursor.column(name);
      if (column != null) {
        column.setNumber(row, numbers[i]);
      }
    }
    checkWidth(numbers.length, row);
  }

  /** Writes a row that is too wide, or no scalar at all. */
  void writeOpaqueRow(int row) {
    startRow(row);
    fields.setOpaque(positions.single(), row);
  }

  private void startRow(int row) {
    batch.ensureRows(row + 1);
    bench.checkSize(batch);
    cursor.startRow();
  }

  private int streamRows(Slice array, int firstRow, String pointer) {
    int row = firstRow;
    try (JsonParser parser = Json.parser(array)) {
      try {
        parser.nextToken();
        for (JsonToken token = parser.nextToken();
            token != null && token != JsonToken.END_ARRAY;
            token = parser.nextToken()) {
          batch.ensureRows(row + 1);
          writeRow(parser, token, row++);
          bench.checkSize(batch);
        }
      } catch (JacksonException e) {
        throw Json.rejection(e, parser, array, pointer);
      }
    }
    return row - firstRow;
  }

  private int writeElements(Slice array, int firstRow, String pointer) {
    JsonElements elements = JsonElements.of(array, 1);
    for (int i = 0; i < elements.size(); i++) {
      writeRow(elements.get(i), firstRow + i, pointer + "/" + i);
    }
    return elements.size();
  }

  /** Writes one value as a row. */
  void writeRow(Slice value, int row, String pointer) {
    batch.ensureRows(row + 1);
    bench.checkSize(batch);
    if (plain.writeRow(value, row, Math.max(0, width))) {
      keepWidth();
    } else if (!isWide(value)) {
      parse(value, pointer, (parser, token) -> writeRow(parser, token, row));
    } else if (Json.isObject(value)) {
      writeWideObject(value, row, pointer);
    } else {
      fields.setOpaque(positions.single(), row);
    }
    bench.checkSize(batch);
  }

  private void writeWideObject(Slice object, int row, String pointer) {
    JsonOutline outline = JsonOutline.of(object, 2);
    cursor.startRow();
    for (int i = 0; i < outline.size(); i++) {
      String name = outline.key(i);
      writeNamed(outline.value(i), name, row, pointer + Json.pointerTo(name));
    }
  }

  /**
   * Writes each element of an array as a row with columns of these names; one with more or fewer
   * values is counted and left out.
   */
  void writeNamedRows(Slice array, List<String> names, String pointer) {
    int firstRow = batch.rows();
    if (plain.writeNamed(array, names, firstRow) >= 0) {
      return;
    }
    batch.dropRows(firstRow); // a row that is left out leaves no gap
    JsonElements lines = JsonElements.of(array, 2);
    for (int i = 0; i < lines.size(); i++) {
      if (!writeNamedRow(lines.get(i), names, batch.rows(), pointer + "/" + i)) {
        batch.addProblem(SchemaProblem.RAGGED);
      }
    }
  }

  boolean writeNamedRow(Slice array, List<String> names, int row, String pointer) {
    if (!Json.isArray(array)) {
      return false;
    }
    JsonElements elements = JsonElements.of(array, 3);
    if (elements.size() != names.size()) {
      return false;
    }
    startRow(row);
    if (isWide(array)) {
      for (int i = 0; i < names.size(); i++) {
        writeNamed(elements.get(i), names.get(i), row, pointer + "/" + i);
      }
      return true;
    }
    parse(
        array,
        pointer,
        (parser, start) -> {
          for (String name : names) {
            fields.writeField(parser, parser.nextToken(), name, row);
          }
        });
    bench.checkSize(batch);
    return true;
  }

  /** Writes values that are given flat as rows of this shape; names that do not fit are ignored. */
  void writeReshaped(JsonElements values, TensorShape shape, List<String> names, String pointer) {
    int firstRow = batch.rows();
    bench.checkRows(firstRow + (long) shape.rows());
    boolean named = names.size() == shape.width();
    boolean wide = shape.width() > maxFeatures();
    for (int i = 0; i < shape.rows() && shape.width() > 0; i++) {
      if (wide) {
        writeOpaqueRow(firstRow + i);
        continue;
      }
      startRow(firstRow + i);
      for (int k = 0; k < shape.width(); k++) {
        int index = i * shape.width() + k;
        String unnamed = shape.width() == 1 ? positions.single() : positions.at(k);
        writeNamed(
            values.get(index), named ? names.get(k) : unnamed, firstRow + i, pointer + "/" + index);
      }
    }
    bench.checkSize(batch);
  }

  /** Writes one value as the column of this name, or as several if it is a vector. */
  void writeNamed(Slice value, String name, int row, String pointer) {
    batch.ensureRows(row + 1);
    if (isWide(value)) {
      fields.setOpaque(name, row);
    } else {
      parse(value, pointer, (parser, token) -> fields.writeField(parser, token, name, row));
    }
  }

  /** Writes the elements of an array into the column of this name, one a row. */
  int writeColumn(Slice array, String name, int firstRow, String pointer) {
    int rows = plain.writeColumn(array, name, firstRow);
    if (rows >= 0) {
      return rows;
    }
    if (mayHoldWideRow(array)) {
      JsonElements elements = JsonElements.of(array, 2);
      for (int i = 0; i < elements.size(); i++) {
        cursor.startRow();
        writeNamed(elements.get(i), name, firstRow + i, pointer + "/" + i);
      }
      return elements.size();
    }
    int[] row = {firstRow};
    parse(
        array,
        pointer,
        (parser, start) -> {
          for (JsonToken token = parser.nextToken();
              token != null && token != JsonToken.END_ARRAY;
              token = parser.nextToken()) {
            batch.ensureRows(row[0] + 1);
            fields.writeField(parser, token, name, row[0]++);
            bench.checkSize(batch);
          }
        });
    return row[0] - firstRow;
  }

  private interface TokenReader {
    void read(JsonParser parser, JsonToken token);
  }

  private static void parse(Slice value, String pointer, TokenReader reader) {
    try (JsonParser parser = Json.parser(value)) {
      try {
        JsonToken token = parser.nextToken();
        if (token == null) {
          throw new Rejection(RejectReason.BAD_JSON, "a value is missing", pointer);
        }
        reader.read(parser, token);
      } catch (JacksonException e) {
        throw Json.rejection(e, parser, value, pointer);
      } catch (FieldWriter.NestedObject e) {
        throw new Rejection(
            RejectReason.BAD_SHAPE,
            "an object stands where a scalar belongs",
            pointer + e.getMessage());
      }
    }
  }

  private void writeRow(JsonParser parser, JsonToken token, int row) {
    cursor.startRow();
    switch (token) {
      case START_OBJECT -> {
        if (fields.writeObject(parser, row)) {
          fields.setOpaque(positions.single(), row);
        }
      }
      case START_ARRAY -> checkWidth(fields.writeVector(parser, row, positions, true), row);
      default -> Scalar.write(parser, token, cursor.column(positions.single()), row);
    }
  }

  private void checkWidth(int found, int row) {
    if (width < 0) {
      width = found;
    } else if (width != found) {
      batch.addProblem(SchemaProblem.RAGGED);
    }
    for (int i = found; i < configured; i++) {
      Column column = cursor.column(positions.at(i));
      if (column != null) {
        column.setMissing(row);
      }
    }
  }
}
