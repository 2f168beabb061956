package io.modeldrift.baseline;

import static java.util.Objects.requireNonNull;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.List;

/** The rows of one role, kept in memory in the order in which they came. */
final class RowStore {

  private final InferenceBatch kept = new InferenceBatch();
  private final Role role;
  private long chars;

  RowStore(Role role) {
    this.role = role;
  }

  void add(InferenceBatch batch) {
    int first = kept.rows();
    kept.ensureRows(first + batch.rows());
    for (Column column : batch.columns(role)) {
      Column target = kept.column(role, column.name());
      if (target != null) {
        copy(column, batch.rows(), target, first);
      }
    }
  }

  int rows() {
    return kept.rows();
  }

  long cells() {
    return (long) kept.rows() * columns().size();
  }

  long chars() {
    return chars;
  }

  List<Column> columns() {
    return kept.columns(role);
  }

  private void copy(Column from, int rows, Column to, int first) {
    for (int row = 0; row < rows; row++) {
      switch (from.kind(row)) {
        case Column.NUMBER -> to.setNumber(first + row, from.number(row));
        case Column.TEXT -> copyText(from, row, to, first + row);
        case Column.TRUE -> to.setBoolean(first + row, true);
        case Column.FALSE -> to.setBoolean(first + row, false);
        case Column.OPAQUE -> to.setOpaque(first + row);
        case Column.MISSING -> to.setMissing(first + row);
        default -> {}
      }
    }
  }

  /** A text that is too long for a category is cut to one that still is: its end is never asked. */
  private void copyText(Column from, int row, Column to, int target) {
    int length = Math.min(from.textLength(row), Binner.MAX_CATEGORY_CHARS + 1);
    to.setText(target, from.textChars(), from.textOffset(row), length);
    chars += length;
  }

  /** Returns a column of numbers beside those of the rows. */
  static Column numbers(String name, double[] numbers) {
    Column column = requireNonNull(new InferenceBatch().column(Role.OUTPUT, name));
    for (int row = 0; row < numbers.length; row++) {
      column.setNumber(row, numbers[row]);
    }
    return column;
  }
}
