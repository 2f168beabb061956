package io.modeldrift.baseline;

import io.modeldrift.inference.Column;
import org.jspecify.annotations.Nullable;

/** The category that a cell of a categorical column holds, as {@link Binner} looks it up. */
final class CellText {

  private final CategoryText categoryText = new CategoryText();

  /** Returns the category; null if the cell is missing, invalid, or longer than any category. */
  @Nullable String category(Column column, int row) {
    return switch (column.kind(row)) {
      case Column.TEXT ->
          column.textLength(row) > Binner.MAX_CATEGORY_CHARS ? null : column.text(row);
      case Column.NUMBER -> number(column.number(row));
      case Column.TRUE -> "true";
      case Column.FALSE -> "false";
      default -> null;
    };
  }

  private @Nullable String number(double number) {
    if (!Double.isFinite(number)) {
      return null;
    }
    categoryText.write(number);
    return categoryText.toString();
  }
}
