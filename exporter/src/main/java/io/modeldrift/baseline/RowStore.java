package io.modeldrift.baseline;

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
  private final BaselineSettings settings;
  private long chars;

  /** Makes a store that leaves aside what is no feature. */
  RowStore(Role role, BaselineSettings settings) {
    this.role = role;
    this.settings = settings;
  }

  void add(InferenceBatch batch) {
    int first = kept.rows();
    kept.ensureRows(first + batch.rows());
    for (Column column : batch.columns(role)) {
      boolean feature = settings.column(column.name()).feature();
      Column target = feature ? kept.column(role, column.name()) : null;
      if (target != null) {
        chars += Cells.copy(column, batch.rows(), target, first, maxChars(column.name()));
      }
    }
  }

  private int maxChars(String column) {
    return settings.column(column).derive().isEmpty() ? MAX_CHARS : Integer.MAX_VALUE;
  }

  /** Returns all rows as one batch. */
  InferenceBatch batch() {
    return kept;
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
}
