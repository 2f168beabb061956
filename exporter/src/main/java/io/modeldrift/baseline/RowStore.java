package io.modeldrift.baseline;

import static java.util.Objects.requireNonNull;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.List;

/** The rows of one role, kept in memory in the order in which they came. */
final class RowStore {

  /** A text that is too long for a category is cut to one that still is: its end is never asked. */
  private static final int MAX_CHARS = Binner.MAX_CATEGORY_CHARS + 1;

  private InferenceBatch kept = new InferenceBatch();
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
        chars += Cells.copy(column, batch.rows(), target, first, MAX_CHARS);
      }
    }
  }

  /** Forgets all rows, and gives their memory back. */
  void clear() {
    kept = new InferenceBatch();
    chars = 0;
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

  /** Returns a column of numbers beside those of the rows. */
  static Column numbers(String name, double[] numbers) {
    Column column = requireNonNull(new InferenceBatch().column(Role.OUTPUT, name));
    for (int row = 0; row < numbers.length; row++) {
      column.setNumber(row, numbers[row]);
    }
    return column;
  }
}
