package io.modeldrift.decode;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;

/** Writes what a prediction owes to each of its inputs. */
final class Attributions {

  private Attributions() {}

  /**
   * Writes an object of numbers by the name of their input; null is no number.
   *
   * @throws Rejection if it is anything else
   */
  static void write(InferenceBatch batch, Slice object, int row, String pointer) {
    if (!Json.isObject(object)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "attributions are no object of numbers", pointer);
    }
    JsonOutline inputs = JsonOutline.of(object, 1);
    for (int i = 0; i < inputs.size(); i++) {
      String name = inputs.key(i);
      write(batch, name, inputs.value(i), row, pointer + Json.pointerTo(name));
    }
  }

  /** Writes the attribution of one input. */
  static void write(InferenceBatch batch, String name, Slice value, int row, String pointer) {
    if (Json.isNull(value)) {
      return;
    }
    add(batch, name, Json.number(value, pointer), row);
  }

  /** Adds the size of an attribution to that of other classes for the same input. */
  static void add(InferenceBatch batch, String name, double attribution, int row) {
    Column column = batch.attribution(name);
    if (column != null && Double.isFinite(attribution)) {
      double before = column.kind(row) == Column.NUMBER ? column.number(row) : 0;
      column.setNumber(row, before + Math.abs(attribution));
    }
  }
}
