package io.modeldrift.decode;

import io.modeldrift.decode.ModelDecoding.TensorColumns;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes tensors into the columns of one batch, value by value in row-major order.
 *
 * <p>A tensor of one value a row is the column of its name. A wider one is named by position if it
 * is the only tensor, so that a model has the same columns over V1 and V2, and by its own name and
 * position otherwise, or where the model's configuration wants that.
 */
final class TensorWriter {

  private final Bench bench;
  private final InferenceBatch batch;
  private final Role role;
  private final boolean sole;
  private final int firstRow;
  private final Map<String, Integer> names = new HashMap<>();
  private final Utf8Text utf8 = new Utf8Text();
  private @Nullable Column[] columns = new @Nullable Column[16];
  private int rows = -1;
  private int width;
  private int row;
  private int position;
  private int written;
  private String single = "";
  private @Nullable VectorNames vector;
  private final ClassScore classScore = new ClassScore();

  /**
   * @param tensors how many tensors the payload has
   */
  TensorWriter(Bench bench, InferenceBatch batch, Role role, int tensors) {
    this.bench = bench;
    this.batch = batch;
    this.role = role;
    this.sole = tensors == 1;
    this.firstRow = batch.rows();
  }

  /** Returns how many tensors were written. */
  int written() {
    return written;
  }

  int firstRow() {
    return firstRow;
  }

  /**
   * Starts a tensor.
   *
   * @return whether its values are wanted; if not it was left out and counted, or is opaque
   */
  boolean start(String tensorName, TensorShape shape) {
    if (rows < 0) {
      rows = shape.rows();
    } else if (rows != shape.rows()) {
      batch.addProblem(SchemaProblem.ROW_MISMATCH);
      return false;
    }
    written++;
    if (shape.count() == 0) {
      return false;
    }
    bench.checkRows(firstRow + (long) rows);
    String name = unique(tensorName);
    width = shape.width();
    if (width > bench.settings().maxFeatures()) {
      writeOpaque(sole ? positional().single() : name);
      return false;
    }
    batch.ensureRows(firstRow + rows);
    nameColumns(name);
    row = firstRow;
    position = 0;
    return true;
  }

  /** Marks one value a row as not decodable. */
  void writeOpaque(String name) {
    batch.ensureRows(firstRow + Math.max(0, rows));
    Column column = batch.column(role, name);
    for (int r = firstRow; column != null && r < batch.rows(); r++) {
      column.setOpaque(r);
    }
  }

  /** Starts a tensor whose values cannot be read, one a row. */
  void startOpaque(String tensorName, TensorShape shape) {
    if (start(tensorName, new TensorShape(shape.rows(), 1, shape.dimensions()))) {
      for (int r = 0; r < rows; r++) {
        opaque();
      }
    }
  }

  private String unique(String name) {
    int times = names.merge(name, 1, Integer::sum);
    return times == 1 ? name : name + "#" + times;
  }

  private VectorNames positional() {
    return bench.positional(role, batch.model().name());
  }

  /** Columns are looked up when a value comes: classification results have columns of their own. */
  private void nameColumns(String name) {
    single = name;
    vector = width == 1 ? null : names(name);
    if (columns.length < width) {
      columns = new @Nullable Column[width];
    } else {
      Arrays.fill(columns, null);
    }
  }

  private VectorNames names(String tensorName) {
    if (bench.settings().model(batch.model().name()).tensorColumns() == TensorColumns.TENSOR) {
      return bench.tensor(tensorName);
    }
    return sole ? positional() : bench.vector(tensorName);
  }

  private @Nullable Column next() {
    Column column = columns[position];
    if (column == null) {
      column = batch.column(role, vector == null ? single : vector.at(position));
      columns[position] = column;
      bench.checkSize(batch);
    }
    return column;
  }

  private void advance() {
    if (++position == width) {
      position = 0;
      row++;
    }
  }

  void number(double value) {
    Column column = next();
    if (column != null) {
      column.setNumber(row, value);
    }
    advance();
  }

  int width() {
    return width;
  }

  /** Writes whole rows of numbers, row after row. */
  void numbers(int fromRow, double[] values, int count) {
    for (position = 0; position < width; position++) {
      Column column = next();
      if (column != null) {
        column.setNumbers(firstRow + fromRow, values, position, width, count);
      }
    }
  }

  void bool(boolean value) {
    Column column = next();
    if (column != null) {
      column.setBoolean(row, value);
    }
    advance();
  }

  void missing() {
    Column column = next();
    if (column != null) {
      column.setMissing(row);
    }
    advance();
  }

  void opaque() {
    Column column = next();
    if (column != null) {
      column.setOpaque(row);
    }
    advance();
  }

  void text(char[] chars, int offset, int length) {
    if (role == Role.OUTPUT && classScore.parse(chars, offset, length)) {
      labelled(classScore.label(), classScore.score());
      return;
    }
    Column column = next();
    if (column != null) {
      column.setText(row, chars, offset, length);
    }
    advance();
  }

  /** Writes UTF-8 bytes; what is none becomes opaque, not an error. */
  void text(Slice bytes) {
    if (utf8.decode(bytes)) {
      text(utf8.chars(), 0, utf8.length());
    } else {
      opaque();
    }
  }

  /** Counts a value that does not have the type its tensor declares. */
  void typeMismatch() {
    batch.addProblem(SchemaProblem.TYPE_MISMATCH);
  }

  private void labelled(String label, double score) {
    Column column = batch.column(role, label);
    if (column != null) {
      column.setNumber(row, score);
    }
    advance();
  }
}
