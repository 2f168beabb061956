package io.modeldrift.decode;

import io.modeldrift.decode.ModelDecoding.CsvHeader;
import io.modeldrift.decode.Route.Kind;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.NumberText;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values: MLflow's have a line of names, SageMaker's have none.
 *
 * <p>A cell is a number if all of it is one, missing if it is empty, else a text.
 */
final class CsvFormat {

  private final Bench bench;
  private final NumberText number = new NumberText();

  CsvFormat(Bench bench) {
    this.bench = bench;
  }

  static boolean isCsv(String contentType) {
    return contentType.startsWith("text/csv") || contentType.startsWith("application/csv");
  }

  Protocol protocol(Message message, boolean header) {
    boolean sagemaker =
        !message.route().model().isEmpty()
            || message.headers().has("X-Amzn-SageMaker-Inference-Id")
            || message.headers().has("X-Amzn-SageMaker-Target-Variant");
    if (message.route().kind() != Kind.INVOCATIONS) {
      return Protocol.CSV;
    }
    return header && !sagemaker ? Protocol.MLFLOW : Protocol.SAGEMAKER;
  }

  Decoded decode(Message message) {
    if (!Json.isUtf8(message.body())) {
      throw new Rejection(RejectReason.BAD_UTF8, "not valid UTF-8");
    }
    CsvReader csv = new CsvReader(message.body().text());
    boolean response = message.isResponse();
    InferenceBatch batch =
        bench.open(message, BodyIdentity.NONE, response ? BatchKind.RESPONSE : BatchKind.REQUEST);
    int firstRow = batch.rows();
    List<String> first = csv.next();
    List<String> second = first == null ? null : csv.next();
    boolean header = first != null && isHeader(first, second, batch);
    Protocol protocol = protocol(message, header);
    Role role = response ? Role.OUTPUT : Role.INPUT;
    try {
      Names names = header && first != null ? headed(first) : positional(role, batch);
      if (!header && first != null) {
        write(first, names, role, batch);
      }
      for (List<String> line = second; line != null; line = csv.next()) {
        write(line, names, role, batch);
      }
    } catch (Rejection e) {
      return e.asDecoded(protocol);
    }
    bench.identify(batch, firstRow, message, BodyIdentity.NONE);
    return bench.result(protocol);
  }

  /** The names of the columns; {@code width} is −1 where rows may have any. */
  private record Names(VectorNames positions, List<String> header, int width) {

    String at(int position, int count) {
      if (!header.isEmpty()) {
        return header.get(position);
      }
      return count == 1 ? positions.single() : positions.at(position);
    }
  }

  private static Names headed(List<String> header) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (String name : header) {
      int times = seen.merge(name, 1, Integer::sum);
      names.add(times == 1 ? name : name + "#" + times);
    }
    return new Names(VectorNames.named(""), names, names.size());
  }

  private Names positional(Role role, InferenceBatch batch) {
    return new Names(bench.positional(role, batch.model().name()), List.of(), -1);
  }

  private boolean isHeader(
      List<String> first, @Nullable List<String> second, InferenceBatch batch) {
    CsvHeader header = bench.settings().model(batch.model().name()).csvHeader();
    if (header != CsvHeader.DETECT) {
      return header == CsvHeader.PRESENT;
    }
    return second != null
        && first.stream().noneMatch(this::isNumber)
        && second.stream().anyMatch(this::isNumber);
  }

  private boolean isNumber(String cell) {
    return number.parse(cell.toCharArray(), 0, cell.length());
  }

  private void write(List<String> cells, Names names, Role role, InferenceBatch batch) {
    if (names.width() >= 0 && names.width() != cells.size()) {
      batch.addProblem(SchemaProblem.RAGGED);
      return;
    }
    int row = batch.addRow();
    bench.checkSize(batch);
    if (cells.size() > bench.settings().maxFeatures()) {
      Column column = batch.column(role, names.at(0, 1));
      if (column != null) {
        column.setOpaque(row);
      }
      return;
    }
    for (int i = 0; i < cells.size(); i++) {
      write(cells.get(i), batch.column(role, names.at(i, cells.size())), row);
    }
    bench.checkSize(batch);
  }

  private void write(String cell, @Nullable Column column, int row) {
    if (column == null) {
      return;
    }
    String trimmed = cell.trim();
    if (trimmed.isEmpty()) {
      column.setMissing(row);
    } else if (isNumber(trimmed)) {
      column.setNumber(row, number.value());
    } else {
      column.setText(row, cell);
    }
  }
}
