package io.modeldrift.baseline;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass over the result of a query. */
final class JdbcReader implements RowReader {

  static final int BATCH_ROWS = 1024;

  private final Connection connection;
  private final ResultSet rows;
  private final List<Field> fields;
  private final RowProblems problems = new RowProblems();
  private final InferenceBatch batch = new InferenceBatch();
  private long row;

  /** What kind of cell a column of the database becomes. */
  private enum CellKind {
    NUMBER,
    BOOLEAN,
    TEXT,
    OPAQUE
  }

  private record Field(int index, String name, Role role, CellKind kind) {}

  private JdbcReader(Connection connection, ResultSet rows, List<Field> fields) {
    this.connection = connection;
    this.rows = rows;
    this.fields = fields;
  }

  /** Runs the query; the caller closes the connection if that fails. */
  static JdbcReader open(Connection connection, int fetchSize, String query, ColumnChoice choice)
      throws SQLException {
    connection.setReadOnly(true);
    connection.setAutoCommit(false); // PostgreSQL streams rows inside a transaction only
    Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(fetchSize);
    ResultSet rows = statement.executeQuery(query);
    return new JdbcReader(connection, rows, fields(rows.getMetaData(), choice));
  }

  @Override
  public @Nullable InferenceBatch next() throws IOException {
    boolean outputs = fields.stream().anyMatch(field -> field.role == Role.OUTPUT);
    batch.reset(
        ModelKey.of(ModelKey.UNKNOWN), outputs ? BatchKind.PAIR : BatchKind.REQUEST, Instant.EPOCH);
    @Nullable Column[] columns =
        fields.stream().map(f -> batch.column(f.role, f.name)).toArray(Column[]::new);
    if (batch.problems(SchemaProblem.TOO_MANY_FEATURES) > 0
        && problems.count(RowProblems.Kind.TOO_MANY_COLUMNS) == 0) {
      problems.add(RowProblems.Kind.TOO_MANY_COLUMNS, 1);
    }
    try {
      while (batch.rows() < BATCH_ROWS && rows.next()) {
        row++;
        addRow(columns, batch.addRow());
      }
    } catch (SQLException e) {
      throw new IOException("database: row " + (row + 1) + ": " + e.getMessage(), e);
    }
    return batch.rows() == 0 ? null : batch;
  }

  @Override
  public RowProblems problems() {
    return problems;
  }

  @Override
  public double progress() {
    return Double.NaN;
  }

  @Override
  public void close() throws IOException {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw new IOException("database: " + e.getMessage(), e);
    }
  }

  private void addRow(@Nullable Column[] columns, int target) throws SQLException {
    for (int i = 0; i < columns.length; i++) {
      Column column = columns[i];
      if (column != null) {
        set(column, target, fields.get(i));
      }
    }
  }

  private void set(Column column, int target, Field field) throws SQLException {
    switch (field.kind) {
      case NUMBER -> column.setNumber(target, rows.getDouble(field.index));
      case BOOLEAN -> column.setBoolean(target, rows.getBoolean(field.index));
      case OPAQUE -> {
        rows.getObject(field.index);
        column.setOpaque(target);
      }
      case TEXT -> {
        String text = rows.getString(field.index);
        if (text != null) {
          column.setText(target, text);
        }
      }
    }
    if (rows.wasNull()) {
      column.setMissing(target);
    }
  }

  private static List<Field> fields(ResultSetMetaData data, ColumnChoice choice)
      throws SQLException {
    List<Field> fields = new ArrayList<>();
    for (int i = 1; i <= data.getColumnCount(); i++) {
      int index = i;
      String name = data.getColumnLabel(i);
      CellKind kind = kind(data.getColumnType(i));
      choice.roleOf(name).ifPresent(role -> fields.add(new Field(index, name, role, kind)));
    }
    return fields;
  }

  private static CellKind kind(int type) {
    return switch (type) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL ->
          CellKind.NUMBER;
      case Types.BOOLEAN, Types.BIT -> CellKind.BOOLEAN;
      case Types.BINARY,
          Types.VARBINARY,
          Types.LONGVARBINARY,
          Types.BLOB,
          Types.ARRAY,
          Types.STRUCT,
          Types.REF,
          Types.JAVA_OBJECT ->
          CellKind.OPAQUE;
      default -> CellKind.TEXT;
    };
  }
}
