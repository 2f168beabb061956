package io.modeldrift.observe;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A copy of one half of an inference, as small as it can be, that waits for the other half. */
final class PendingHalf {

  private static final int BASE_BYTES = 200;
  private static final int COLUMN_BYTES = 80;
  private static final int CELL_BYTES = 9;
  private static final int TEXT_BYTES = 48;

  private final ModelKey model;
  private final Instant time;
  private final boolean timed;
  private final int rows;
  private final Cells[] columns;
  private final @Nullable String[] ids;
  private final long bytes;

  /** The cells of one column; {@code texts} is null where it has none. */
  private record Cells(
      String name, byte[] kinds, double[] numbers, @Nullable String @Nullable [] texts) {}

  private PendingHalf(InferenceBatch batch, boolean timed, Cells[] columns, long cellBytes) {
    this.model = batch.model();
    this.time = batch.time();
    this.timed = timed;
    this.rows = batch.rows();
    this.columns = columns;
    this.ids = new @Nullable String[columns.length == 0 ? 0 : rows];
    String last = null;
    long idBytes = 0;
    for (int row = 0; row < ids.length; row++) {
      String id = batch.id(row);
      if (!Objects.equals(id, last)) {
        last = id;
        idBytes += bytes(id);
      }
      ids[row] = last; // rows of one inference share one text
    }
    this.bytes = BASE_BYTES + bytes(model) + cellBytes + idBytes;
  }

  /** Copies the columns of this role; none of them unless {@code keepRows}. */
  static PendingHalf of(InferenceBatch batch, Role role, boolean timed, boolean keepRows) {
    List<Column> source = keepRows ? batch.columns(role) : List.of();
    Cells[] columns = new Cells[source.size()];
    long bytes = 0;
    for (int i = 0; i < columns.length; i++) {
      columns[i] = copy(source.get(i), batch.rows());
      bytes +=
          COLUMN_BYTES
              + bytes(columns[i].name())
              + (long) CELL_BYTES * batch.rows()
              + textBytes(source.get(i), batch);
    }
    return new PendingHalf(batch, timed, columns, bytes);
  }

  private static Cells copy(Column column, int rows) {
    byte[] kinds = new byte[rows];
    double[] numbers = new double[rows];
    @Nullable String[] texts = null;
    for (int row = 0; row < rows; row++) {
      kinds[row] = column.kind(row);
      if (kinds[row] == Column.NUMBER) {
        numbers[row] = column.number(row);
      } else if (kinds[row] == Column.TEXT) {
        texts = texts == null ? new @Nullable String[rows] : texts;
        texts[row] = column.text(row);
      }
    }
    return new Cells(column.name(), kinds, numbers, texts);
  }

  private static long textBytes(Column column, InferenceBatch batch) {
    long bytes = 0;
    for (int row = 0; row < batch.rows(); row++) {
      if (column.kind(row) == Column.TEXT) {
        bytes += TEXT_BYTES + 2L * column.textLength(row);
      }
    }
    return bytes;
  }

  /** Returns an estimate of the memory that a text takes. */
  static long bytes(@Nullable String text) {
    return text == null ? 0 : TEXT_BYTES + text.length();
  }

  private static long bytes(ModelKey model) {
    return (long) model.name().length() + model.version().length();
  }

  /** Returns a half whose rows are not known any more. */
  PendingHalf(ModelKey model, Instant time, boolean timed, int rows) {
    this.model = model;
    this.time = time;
    this.timed = timed;
    this.rows = rows;
    this.columns = new Cells[0];
    this.ids = new @Nullable String[0];
    this.bytes = BASE_BYTES + bytes(model);
  }

  ModelKey model() {
    return model;
  }

  Instant time() {
    return time;
  }

  boolean isTimed() {
    return timed;
  }

  int rows() {
    return rows;
  }

  /** Whether its rows are known: they are not kept over a restart. */
  boolean hasRows() {
    return rows == 0 || columns.length > 0;
  }

  /** Returns an estimate of the memory it takes. */
  long bytes() {
    return bytes;
  }

  /** Writes the rows into a batch that has as many. */
  void writeTo(InferenceBatch batch, Role role) {
    for (Cells cells : columns) {
      Column column = batch.column(role, cells.name());
      for (int row = 0; column != null && row < rows; row++) {
        write(cells, row, column);
      }
    }
    for (int row = 0; row < ids.length; row++) {
      String id = ids[row];
      if (id != null && batch.id(row) == null) {
        batch.setId(row, id);
      }
    }
  }

  private static void write(Cells cells, int row, Column column) {
    switch (cells.kinds()[row]) {
      case Column.NUMBER -> column.setNumber(row, cells.numbers()[row]);
      case Column.TRUE -> column.setBoolean(row, true);
      case Column.FALSE -> column.setBoolean(row, false);
      case Column.MISSING -> column.setMissing(row);
      case Column.OPAQUE -> column.setOpaque(row);
      case Column.TEXT -> {
        String text = cells.texts() == null ? null : cells.texts()[row];
        if (text != null) {
          column.setText(row, text);
        }
      }
      default -> {}
    }
  }
}
