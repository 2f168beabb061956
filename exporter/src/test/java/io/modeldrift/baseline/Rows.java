package io.modeldrift.baseline;

import static java.util.Objects.requireNonNull;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Batches written down in tests, a column at a time. */
final class Rows {

  static final ModelKey MODEL = ModelKey.of("credit");
  static final Instant CREATED = Instant.parse("2030-01-01T00:00:00Z");

  private final InferenceBatch batch = new InferenceBatch();

  private Rows(BatchKind kind) {
    batch.reset(MODEL, kind, CREATED);
  }

  static Rows of(BatchKind kind) {
    return new Rows(kind);
  }

  static Rows requests() {
    return new Rows(BatchKind.REQUEST);
  }

  Rows input(String name, @Nullable Object... cells) {
    return column(Role.INPUT, name, cells);
  }

  Rows output(String name, @Nullable Object... cells) {
    return column(Role.OUTPUT, name, cells);
  }

  Rows numbers(String name, double... cells) {
    batch.ensureRows(cells.length);
    Column column = requireNonNull(batch.column(Role.INPUT, name));
    for (int row = 0; row < cells.length; row++) {
      column.setNumber(row, cells[row]);
    }
    return this;
  }

  Rows emptyRows(int rows) {
    batch.ensureRows(rows);
    return this;
  }

  InferenceBatch batch() {
    return batch;
  }

  private Rows column(Role role, String name, @Nullable Object... cells) {
    batch.ensureRows(cells.length);
    Column column = requireNonNull(batch.column(role, name));
    for (int row = 0; row < cells.length; row++) {
      set(column, row, cells[row]);
    }
    return this;
  }

  private static void set(Column column, int row, @Nullable Object cell) {
    if (cell == null) {
      column.setMissing(row);
    } else if (cell instanceof Number number) {
      column.setNumber(row, number.doubleValue());
    } else if (cell instanceof Boolean value) {
      column.setBoolean(row, value);
    } else if (cell instanceof String text) {
      column.setText(row, text);
    } else {
      column.setOpaque(row);
    }
  }
}
