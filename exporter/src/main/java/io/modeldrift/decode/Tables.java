package io.modeldrift.decode;

import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.SchemaProblem;
import java.util.HashMap;
import java.util.Map;

/** The ways in which JSON formats lay out a table: by row, by column, as labelled scores. */
final class Tables {

  private Tables() {}

  /** Writes an array row by row; anything else is one row. */
  static void writeRows(RowWriter rows, Slice value, String pointer) {
    if (Json.isArray(value)) {
      rows.writeRows(value, 0, pointer);
    } else {
      rows.writeRow(value, 0, pointer);
    }
  }

  /**
   * Writes an object of columns; anything else is one unnamed tensor. Columns whose length is not
   * the most common one are left out and counted.
   */
  static void writeColumnar(
      Bench bench, InferenceBatch batch, RowWriter rows, Slice value, String pointer) {
    if (!Json.isObject(value)) {
      writeRows(rows, value, pointer);
      return;
    }
    JsonOutline columns = JsonOutline.of(value, 1);
    if (isBlob(columns)) {
      rows.writeRow(value, 0, pointer);
      return;
    }
    int[] lengths = new int[columns.size()];
    for (int i = 0; i < lengths.length; i++) {
      Slice column = columns.value(i);
      lengths[i] = Json.isArray(column) ? JsonElements.of(column, 2).size() : 1;
    }
    int common = mostCommon(lengths);
    if (common > bench.settings().maxRows()) {
      throw new Rejection(
          RejectReason.TOO_LARGE, "more than " + bench.settings().maxRows() + " rows", pointer);
    }
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] == common) {
        writeColumn(rows, columns, i, pointer);
      } else {
        batch.addProblem(SchemaProblem.ROW_MISMATCH);
      }
    }
  }

  private static boolean isBlob(JsonOutline object) {
    return object.size() == 1 && object.isKey(0, "b64");
  }

  private static void writeColumn(RowWriter rows, JsonOutline columns, int index, String pointer) {
    String name = columns.key(index);
    Slice column = columns.value(index);
    String place = pointer + Json.pointerTo(name);
    if (Json.isArray(column)) {
      rows.writeColumn(column, name, 0, place);
    } else {
      rows.writeNamed(column, name, 0, place);
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
  static void writeContext(JsonOutline body, RowWriter rows, int count) {
    Slice context = body.findGiven("context");
    if (context == null) {
      return;
    }
    JsonOutline features = JsonOutline.of(context, 1);
    for (int i = 0; i < features.size(); i++) {
      String name = features.key(i);
      for (int row = 0; row < count; row++) {
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
    JsonElements results = JsonElements.of(value, 1);
    for (int row = 0; row < results.size(); row++) {
      Slice result = results.get(row);
      if (Json.isArray(result)) {
        writeLabelledScores(rows, result, row, pointer + "/" + row);
      } else {
        rows.writeRow(result, row, pointer + "/" + row);
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
