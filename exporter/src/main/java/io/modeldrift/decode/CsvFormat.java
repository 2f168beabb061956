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
  private final Utf8Text text = new Utf8Text();
  private final CsvLine first = new CsvLine();
  private final CsvLine line = new CsvLine();

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
    try {
      return read(message);
    } finally {
      text.release();
      first.start(text.chars());
      line.start(text.chars());
    }
  }

  private Decoded read(Message message) {
    if (!text.decode(message.body())) {
      throw new Rejection(RejectReason.BAD_UTF8, "not valid UTF-8");
    }
    CsvReader csv = new CsvReader(text.chars(), text.length());
    boolean response = message.isResponse();
    InferenceBatch batch =
        bench.open(message, BodyIdentity.NONE, response ? BatchKind.RESPONSE : BatchKind.REQUEST);
    int firstRow = batch.rows();
    boolean any = csv.next(first);
    boolean more = any && csv.next(line);
    boolean header = any && isHeader(more, batch);
    Protocol protocol = protocol(message, header);
    Role role = response ? Role.OUTPUT : Role.INPUT;
    try {
      RowLines lines = new RowLines(batch, role, header ? names(first.texts()) : List.of());
      if (any && !header) {
        lines.write(first);
      }
      for (; more; more = csv.next(line)) {
        lines.write(line);
      }
    } catch (Rejection e) {
      return e.asDecoded(protocol);
    }
    bench.identify(batch, firstRow, message, BodyIdentity.NONE);
    return bench.result(protocol);
  }

  private static List<String> names(List<String> header) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (String name : header) {
      int times = seen.merge(name, 1, Integer::sum);
      names.add(times == 1 ? name : name + "#" + times);
    }
    return names;
  }

  private boolean isHeader(boolean more, InferenceBatch batch) {
    CsvHeader header = bench.settings().model(batch.model().name()).csvHeader();
    if (header != CsvHeader.DETECT) {
      return header == CsvHeader.PRESENT;
    }
    return more && numbers(first) == 0 && numbers(line) > 0;
  }

  private int numbers(CsvLine cells) {
    int numbers = 0;
    for (int i = 0; i < cells.size(); i++) {
      numbers += number.parse(cells.chars(), cells.offset(i), cells.length(i)) ? 1 : 0;
    }
    return numbers;
  }

  /** Writes the lines of one body as rows. */
  private final class RowLines {

    private final InferenceBatch batch;
    private final ColumnCursor cursor;
    private final VectorNames positions;
    private final List<String> header;

    /**
     * @param header the names of the columns; empty where rows are named by position
     */
    RowLines(InferenceBatch batch, Role role, List<String> header) {
      this.batch = batch;
      this.cursor = new ColumnCursor(batch, role);
      this.positions = bench.positional(role, batch.model().name());
      this.header = header;
    }

    void write(CsvLine cells) {
      int count = cells.size();
      if (!header.isEmpty() && header.size() != count) {
        batch.addProblem(SchemaProblem.RAGGED);
        return;
      }
      int row = batch.addRow();
      bench.checkSize(batch);
      cursor.startRow();
      if (count > bench.settings().maxFeatures()) {
        writeOpaque(cursor.column(name(0, 1)), row);
        return;
      }
      for (int i = 0; i < count; i++) {
        writeCell(cells, i, cursor.column(name(i, count)), row);
      }
      bench.checkSize(batch);
    }

    private String name(int position, int count) {
      if (!header.isEmpty()) {
        return header.get(position);
      }
      return count == 1 ? positions.single() : positions.at(position);
    }
  }

  private static void writeOpaque(@Nullable Column column, int row) {
    if (column != null) {
      column.setOpaque(row);
    }
  }

  private void writeCell(CsvLine cells, int cell, @Nullable Column column, int row) {
    if (column == null) {
      return;
    }
    char[] chars = cells.chars();
    int offset = cells.offset(cell);
    int length = cells.length(cell);
    if (isBlank(chars, offset, length)) {
      column.setMissing(row);
    } else if (number.parse(chars, offset, length)) {
      column.setNumber(row, number.value());
    } else {
      column.setText(row, chars, offset, length);
    }
  }

  private static boolean isBlank(char[] chars, int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (chars[offset + i] > ' ') {
        return false;
      }
    }
    return true;
  }
}
