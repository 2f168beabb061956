package io.modeldrift.decode;

import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.SchemaProblem;
import java.util.HashMap;
import java.util.Map;

/** The ways in which JSON formats lay out a table: by row, by column, as labelled scores. */
final class Tables {

  private Tables() {}

  /** Writes an array row by row; anything else is one row. */
  static void writeRows(RowWriter rows, Slice value, int firstRow, String pointer) {
    if (Json.isArray(value)) {
      rows.writeRows(value, firstRow, pointer);
    } else {
      rows.writeRow(value, firstRow, pointer);
    }
  }

  /**
   * Writes an object of columns; anything else is one unnamed tensor. Columns whose length is not
   * the most common one are left out and counted.
   */
  static void writeColumnar(
      Bench bench, InferenceBatch batch, RowWriter rows, Slice value, String pointer) {
    int firstRow = batch.rows();
    if (!Json.isObject(value)) {
      writeRows(rows, value, firstRow, pointer);
      return;
    }
    JsonOutline columns = JsonOutline.of(value, 1);
    if (isBlob(columns)) {
      rows.writeRow(value, firstRow, pointer);
      return;
    }
    int[] lengths = new int[columns.size()];
    for (int i = 0; i < lengths.length; i++) {
      Slice column = columns.value(i);
      lengths[i] = Json.isArray(column) ? JsonElements.of(column, 2).size() : 1;
    }
    int common = mostCommon(lengths);
    bench.checkRows(firstRow + (long) common);
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] == common) {
        writeColumn(rows, columns, i, firstRow, pointer);
      } else {
        batch.addProblem(SchemaProblem.ROW_MISMATCH);
      }
    }
  }

  private static boolean isBlob(JsonOutline object) {
    return object.size() == 1 && object.isKey(0, "b64");
  }

  private static void writeColumn(
      RowWriter rows, JsonOutline columns, int index, int firstRow, String pointer) {
    String name = columns.key(index);
    Slice column = columns.value(index);
    String place = pointer + Json.pointerTo(name);
    if (Json.isArray(column)) {
      rows.writeColumn(column, name, firstRow, place);
    } else {
      rows.writeNamed(column, name, firstRow, place);
    }
  }

  /** Returns the most common value, the first one of several. */
  private static int mostCommon(int[] lengths) {
    Map<Integer, Integer> counts = new HashMap<>();
    int best = 0;
    int bestCount = 0;
    for (int length : lengths) {
      counts.merge(length, 1, Integer::sum);
    }
    for (int length : lengths) {
      int count = counts.getOrDefault(length, 0);
      if (count > bestCount) {
        best = length;
        bestCount = count;
      }
    }
    return best;
  }

  /** Writes the features of a {@code context}, which apply to every example. */
  static void writeContext(JsonOutline body, RowWriter rows, int firstRow, int count) {
    Slice context = body.findGiven("context");
    if (context == null) {
      return;
    }
    JsonOutline features = JsonOutline.of(context, 1);
    for (int i = 0; i < features.size(); i++) {
      String name = features.key(i);
      for (int row = firstRow; row < firstRow + count; row++) {
        rows.writeNamed(features.value(i), name, row, "/context" + Json.pointerTo(name));
      }
    }
  }

  /**
   * Writes the results of classify, an output a label, or of regress, one number a row. A class
   * without label is {@code class_k}.
   */
  static void writeClassification(
      Bench bench, InferenceBatch batch, RowWriter rows, Slice value, String pointer) {
    if (!Json.isArray(value)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "results is not an array", pointer);
    }
    int firstRow = batch.rows();
    JsonElements results = JsonElements.of(value, 1);
    for (int i = 0; i < results.size(); i++) {
      Slice result = results.get(i);
      if (Json.isArray(result)) {
        writeLabelledScores(rows, result, firstRow + i, pointer + "/" + i);
      } else {
        rows.writeRow(result, firstRow + i, pointer + "/" + i);
      }
      bench.checkSize(batch);
    }
  }

  private static void writeLabelledScores(RowWriter rows, Slice result, int row, String pointer) {
    JsonElements pairs = JsonElements.of(result, 2);
    for (int k = 0; k < pairs.size(); k++) {
      String place = pointer + "/" + k;
      JsonElements pair = Json.isArray(pairs.get(k)) ? JsonElements.of(pairs.get(k), 3) : null;
      if (pair == null || pair.size() != 2 || !Json.isString(pair.get(0))) {
        throw new Rejection(RejectReason.BAD_SHAPE, "not a pair of label and score", place);
      }
      String label = Json.text(pair.get(0));
      rows.writeNamed(pair.get(1), label.isEmpty() ? "class_" + k : label, row, place + "/1");
    }
  }
}
