package io.modeldrift.decode;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.NumberText;
import io.modeldrift.inference.Value;
import org.jspecify.annotations.Nullable;

/** Reads predictions and outcomes one by one: ground truth is rare beside traffic. */
final class TruthValues {

  private TruthValues() {}

  /**
   * Returns what a JSON scalar holds, null for null.
   *
   * @throws Rejection if it is no scalar, or a number that is not finite
   */
  static @Nullable Value ofJson(Slice value, String pointer) {
    if (Json.isNull(value)) {
      return null;
    }
    if (!Json.isScalar(value)) {
      throw new Rejection(
          RejectReason.BAD_SHAPE, "a number, a text or a boolean is expected", pointer);
    }
    if (Json.isString(value)) {
      return ofText(Json.text(value));
    }
    return switch (value.text()) {
      case "true" -> new Value.Flag(true);
      case "false" -> new Value.Flag(false);
      default -> ofNumber(Json.number(value, pointer), pointer);
    };
  }

  /** Returns what a cell of comma-separated values holds, null if it is empty. */
  static @Nullable Value ofCell(String cell, String pointer) {
    String text = cell.trim();
    NumberText number = new NumberText();
    if (number.parse(text.toCharArray(), 0, text.length())) {
      return ofNumber(number.value(), pointer);
    }
    return switch (text) {
      case "true", "True", "TRUE" -> new Value.Flag(true);
      case "false", "False", "FALSE" -> new Value.Flag(false);
      default -> ofText(text);
    };
  }

  /** Returns what a cell of a batch holds, null if that is no usable scalar. */
  static @Nullable Value ofCell(Column column, int row) {
    return switch (column.kind(row)) {
      case Column.NUMBER ->
          Double.isFinite(column.number(row)) ? new Value.Numeric(column.number(row)) : null;
      case Column.TEXT -> ofText(column.text(row));
      case Column.TRUE -> new Value.Flag(true);
      case Column.FALSE -> new Value.Flag(false);
      default -> null;
    };
  }

  private static @Nullable Value ofText(String text) {
    return text.isEmpty() ? null : new Value.Named(text);
  }

  private static Value ofNumber(double number, String pointer) {
    if (!Double.isFinite(number)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "a finite number is expected", pointer);
    }
    return new Value.Numeric(number);
  }
}
