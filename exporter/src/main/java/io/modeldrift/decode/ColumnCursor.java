package io.modeldrift.decode;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the column of each value of a row. Rows of one payload name their columns in the same
 * order, so the column after the last one is tried before any look-up.
 */
final class ColumnCursor {

  private final InferenceBatch batch;
  private final Role role;
  private final List<Column> columns;
  private int next;

  ColumnCursor(InferenceBatch batch, Role role) {
    this.batch = batch;
    this.role = role;
    this.columns = batch.columns(role);
  }

  /** Starts over at the first column. */
  void startRow() {
    next = 0;
  }

  /** Returns the column, or null if there are too many; that is counted. */
  @Nullable Column column(String name) {
    if (next < columns.size()) {
      Column expected = columns.get(next);
      if (expected.name().equals(name)) {
        next++;
        return expected;
      }
    }
    int known = columns.size();
    Column column = batch.column(role, name);
    next = columns.size() > known ? columns.size() : next + 1;
    return column;
  }
}
