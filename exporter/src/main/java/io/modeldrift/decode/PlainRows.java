package io.modeldrift.decode;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows that hold nothing but {@linkplain PlainJson plain} scalars: as arrays of one width,
 * as objects, or alone. Nearly all traffic is like that, and it needs no general parser.
 *
 * <p>What is written before something else turns up is what the general way writes, too, which
 * starts over at the first row.
 */
final class PlainRows {

  private final Bench bench;
  private final InferenceBatch batch;
  private final Role role;
  private final ColumnCursor cursor;
  private final VectorNames positions;
  private final List<Column> columns;
  private final PlainJson in;
  private final KeyNames names;
  private final int configured;
  private @Nullable Column[] array = {};
  private int width;

  /**
   * @param configured how many positions have names; narrower rows are not plain
   */
  PlainRows(Bench bench, InferenceBatch batch, Role role, VectorNames positions, int configured) {
    this.bench = bench;
    this.batch = batch;
    this.role = role;
    this.cursor = new ColumnCursor(batch, role);
    this.positions = positions;
    this.columns = batch.columns(role);
    this.in = bench.plainJson();
    this.names = bench.keyNames();
    this.configured = configured;
  }

  /** Returns the width of the arrays that were written last; 0 if there were none. */
  int width() {
    return width;
  }

  /**
   * Writes each element of an array as a row; returns how many there were, or −1 if not all of them
   * are plain.
   *
   * @param expected the width of rows that are arrays; 0 for that of the first
   */
  int write(Slice array, int firstRow, int expected) {
    return writeEach(
        array,
        firstRow,
        row -> {
          if (row == firstRow) {
            measure(expected);
          }
          return row(row);
        });
  }

  /** The same for arrays of as many values as there are names, in columns of these names. */
  int writeNamed(Slice array, List<String> names, int firstRow) {
    return names.isEmpty() ? -1 : writeEach(array, firstRow, row -> named(row, names));
  }

  /** Writes the value at the current position as a row; returns whether it is plain. */
  private interface ElementWriter {
    boolean write(int row);
  }

  private int writeEach(Slice array, int firstRow, ElementWriter writer) {
    in.open(array);
    if (!in.takes('[')) {
      return -1;
    }
    int row = firstRow;
    if (!in.takes(']')) {
      do {
        startRow(row);
        if (!writer.write(row++)) {
          return -1;
        }
        bench.checkSize(batch);
      } while (in.takes(','));
      if (!in.takes(']')) {
        return -1;
      }
    }
    return in.isAtEnd() ? row - firstRow : -1;
  }

  /** Writes one value as a row; returns whether it is plain. */
  boolean writeRow(Slice value, int row, int expected) {
    in.open(value);
    measure(expected);
    startRow(row);
    return row(row) && in.isAtEnd();
  }

  /** Writes the elements of an array into one column; returns how many, −1 if not all are plain. */
  int writeColumn(Slice array, String name, int firstRow) {
    in.open(array);
    Column column = in.takes('[') && in.seesScalar() ? column(name) : null;
    if (column == null) {
      return -1;
    }
    int row = firstRow;
    do {
      batch.ensureRows(row + 1);
      bench.checkSize(batch);
      if (!in.scalar(column, row++)) {
        return -1;
      }
    } while (in.takes(','));
    return in.takes(']') && in.isAtEnd() ? row - firstRow : -1;
  }

  private void startRow(int row) {
    batch.ensureRows(row + 1);
    bench.checkSize(batch);
    cursor.startRow();
  }

  /** Finds the width of the first row: a vector of one value has another name. */
  private void measure(int expected) {
    width = in.sees('[') ? widthOfArray() : 0;
    if ((expected > 0 && width != expected) || width < configured) {
      width = 0; // so that no array is plain
    }
    array = array.length < width ? Arrays.copyOf(array, width) : array;
  }

  private int widthOfArray() {
    int start = in.position();
    int scalars = 0;
    boolean plain;
    in.takes('[');
    do {
      plain = in.skipScalar();
      scalars++;
    } while (plain && in.takes(','));
    plain &= in.sees(']');
    in.moveTo(start);
    return plain && scalars <= bench.settings().maxFeatures() ? scalars : 0;
  }

  private boolean row(int row) {
    if (in.sees('{')) {
      return object(row);
    }
    if (in.sees('[')) {
      return width == 1 ? single(row) : width > 1 && array(row);
    }
    return scalar(row);
  }

  private boolean scalar(int row) {
    Column column = column(positions.single());
    return column != null && in.scalar(column, row);
  }

  private boolean single(int row) {
    return in.takes('[') && !in.sees('[') && scalar(row) && in.takes(']');
  }

  private boolean array(int row) {
    in.takes('[');
    if (!holdsSeveral()) {
      return false;
    }
    for (int i = 0; i < width; i++) {
      Column column = position(i);
      if (column == null || (i > 0 && !in.takes(',')) || !in.scalar(column, row)) {
        return false;
      }
    }
    return in.takes(']');
  }

  private boolean named(int row, List<String> names) {
    if (!in.takes('[')) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if ((i > 0 && !in.takes(',')) || !in.seesScalar()) {
        return false;
      }
      Column column = column(names.get(i));
      if (column == null || !in.scalar(column, row)) {
        return false;
      }
    }
    return in.takes(']');
  }

  private @Nullable Column position(int position) {
    Column column = array[position];
    if (column == null) {
      column = column(positions.at(position));
      array[position] = column;
    }
    return column;
  }

  private boolean holdsSeveral() {
    int start = in.position();
    boolean several = in.skipScalar() && in.sees(',');
    in.moveTo(start);
    return several;
  }

  private boolean object(int row) {
    in.takes('{');
    names.startObject();
    do {
      if (!in.sees('"')) {
        return false;
      }
      int start = in.position() + 1;
      if (!in.string()) {
        return false;
      }
      String name = names.name(in.bytes(), start, in.position() - 1);
      boolean plain = !name.equals(FieldWriter.BASE64_KEY) && in.takes(':') && in.seesScalar();
      Column column = plain ? column(name) : null; // a vector has columns of other names
      if (column == null || !in.scalar(column, row)) {
        return false;
      }
    } while (in.takes(','));
    return in.takes('}');
  }

  /** Returns the column; null if it would be one too many, which the general way counts. */
  private @Nullable Column column(String name) {
    return columns.size() < InferenceBatch.MAX_COLUMNS || batch.find(role, name) != null
        ? cursor.column(name)
        : null;
  }
}
