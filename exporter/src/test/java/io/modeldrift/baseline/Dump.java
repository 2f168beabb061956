package io.modeldrift.baseline;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The rows of a reader as text: a line with kind and columns before each batch, a line a row. */
final class Dump {

  private Dump() {}

  static String of(RowReader reader) throws IOException {
    StringBuilder text = new StringBuilder();
    String lastHead = "";
    for (InferenceBatch batch = reader.next(); batch != null; batch = reader.next()) {
      String head = head(batch);
      text.append(head.equals(lastHead) ? "" : head);
      lastHead = head;
      for (int row = 0; row < batch.rows(); row++) {
        text.append(row(batch, row));
      }
    }
    return text.toString();
  }

  private static String head(InferenceBatch batch) {
    StringBuilder head = new StringBuilder(batch.kind().name());
    batch.columns(Role.INPUT).forEach(column -> head.append(' ').append(column.name()));
    if (!batch.columns(Role.OUTPUT).isEmpty()) {
      head.append(" ->");
      batch.columns(Role.OUTPUT).forEach(column -> head.append(' ').append(column.name()));
    }
    return head.append('\n').toString();
  }

  private static String row(InferenceBatch batch, int row) {
    List<Column> columns = new ArrayList<>(batch.columns(Role.INPUT));
    columns.addAll(batch.columns(Role.OUTPUT));
    return String.join(" ", columns.stream().map(column -> cell(column, row)).toList()) + "\n";
  }

  private static String cell(Column column, int row) {
    return switch (column.kind(row)) {
      case Column.NUMBER -> String.valueOf(column.number(row));
      case Column.TEXT -> "'" + column.text(row) + "'";
      case Column.TRUE -> "true";
      case Column.FALSE -> "false";
      case Column.OPAQUE -> "?";
      default -> "-";
    };
  }
}
