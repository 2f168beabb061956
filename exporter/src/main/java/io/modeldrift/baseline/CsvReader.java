package io.modeldrift.baseline;

import io.modeldrift.baseline.CsvSettings.Header;
import io.modeldrift.baseline.RowProblems.Kind;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.NumberText;
import io.modeldrift.inference.PositionalNames;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over a CSV file. */
final class CsvReader implements RowReader {

  private static final int BATCH_ROWS = 1024;
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int LONGEST_FIRST_LINE = 1 << 20;

  private final String name;
  private final SourceFile file;
  private final CsvRecords records;
  private final CsvCells cells;
  private final RowProblems problems = new RowProblems();
  private final InferenceBatch batch = new InferenceBatch();
  private final List<String> names;
  private final @Nullable Role[] roles;
  private boolean pending;

  private CsvReader(
      String name, SourceFile file, CsvRecords records, CsvSettings settings, ColumnChoice choice)
      throws IOException {
    this.name = name;
    this.file = file;
    this.records = records;
    this.cells = new CsvCells(settings.missing());
    boolean any = nextRecord();
    boolean header = any && hasHeader(records, settings.header());
    this.names = any ? names(records, header) : List.of();
    this.roles = names.stream().map(n -> choice.roleOf(n).orElse(null)).toArray(Role[]::new);
    this.pending = any && !header;
  }

  static CsvReader open(String name, SourceFile file, CsvSettings settings, ColumnChoice choice)
      throws IOException {
    BufferedReader chars =
        new BufferedReader(new InputStreamReader(file.content(), settings.charset()), 1 << 16);
    char delimiter = settings.delimiter();
    try {
      skipByteOrderMark(chars);
      if (delimiter == CsvSettings.ANY_DELIMITER) {
        delimiter = likeliestDelimiter(chars);
      }
    } catch (IOException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
    return new CsvReader(name, file, new CsvRecords(chars, delimiter), settings, choice);
  }

  @Override
  public @Nullable InferenceBatch next() throws IOException {
    batch.reset(ModelKey.of(ModelKey.UNKNOWN), kind(), Instant.EPOCH);
    @Nullable Column[] columns = columns();
    if (batch.problems(SchemaProblem.TOO_MANY_FEATURES) > 0
        && problems.count(Kind.TOO_MANY_COLUMNS) == 0) {
      problems.add(Kind.TOO_MANY_COLUMNS, 1);
    }
    while (batch.rows() < BATCH_ROWS && (pending || nextRecord())) {
      pending = false;
      addRow(columns, batch.addRow());
    }
    return batch.rows() == 0 ? null : batch;
  }

  @Override
  public RowProblems problems() {
    return problems;
  }

  @Override
  public double progress() {
    return file.progress();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private BatchKind kind() {
    for (Role role : roles) {
      if (role == Role.OUTPUT) {
        return BatchKind.PAIR;
      }
    }
    return BatchKind.REQUEST;
  }

  private @Nullable Column[] columns() {
    @Nullable Column[] columns = new @Nullable Column[names.size()];
    for (int i = 0; i < columns.length; i++) {
      Role role = roles[i];
      columns[i] = role == null ? null : batch.column(role, names.get(i));
    }
    return columns;
  }

  private void addRow(@Nullable Column[] columns, int row) {
    checkShape(columns.length);
    int fields = Math.min(columns.length, records.fields());
    for (int i = 0; i < fields; i++) {
      Column column = columns[i];
      if (column != null) {
        cells.set(column, row, records.chars(), records.offset(i), records.length(i));
      }
    }
  }

  private void checkShape(int expected) {
    if (records.fields() < expected) {
      problems.add(Kind.TOO_FEW_FIELDS, records.line());
    } else if (records.fields() > expected) {
      problems.add(Kind.TOO_MANY_FIELDS, records.line());
    }
    if (records.hasOpenQuote()) {
      problems.add(Kind.OPEN_QUOTE, records.line());
    }
  }

  private boolean nextRecord() throws IOException {
    try {
      return records.next();
    } catch (IOException e) {
      throw new IOException(name + ": after line " + records.line() + ": " + e.getMessage(), e);
    }
  }

  private static boolean hasHeader(CsvRecords records, Header header) {
    if (header != Header.AUTO) {
      return header == Header.YES;
    }
    NumberText numberText = new NumberText();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < records.fields(); i++) {
      boolean number = numberText.parse(records.chars(), records.offset(i), records.length(i));
      if (number || records.length(i) == 0 || !seen.add(records.text(i))) {
        return false;
      }
    }
    return true;
  }

  /** A name that is empty is replaced by the position, one that repeats gets a number. */
  private static List<String> names(CsvRecords records, boolean header) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < records.fields(); i++) {
      String given = header ? records.text(i).trim() : "";
      String name = given.isEmpty() ? PositionalNames.feature(i) : given;
      for (int copy = 1; names.contains(name); copy++) {
        name = given + "." + copy;
      }
      names.add(name);
    }
    return names;
  }

  /** The one that is in the first line most often; a comma if there is none. */
  private static char likeliestDelimiter(BufferedReader chars) throws IOException {
    int[] found = new int[DELIMITERS.length];
    boolean quoted = false;
    chars.mark(LONGEST_FIRST_LINE);
    for (int i = 0; i < LONGEST_FIRST_LINE - 1; i++) {
      int c = chars.read();
      if (c < 0 || (!quoted && (c == '\n' || c == '\r'))) {
        break;
      }
      quoted ^= c == '"';
      for (int d = 0; d < found.length; d++) {
        found[d] += !quoted && c == DELIMITERS[d] ? 1 : 0;
      }
    }
    chars.reset();
    int best = 0;
    for (int d = 1; d < found.length; d++) {
      best = found[d] > found[best] ? d : best;
    }
    return DELIMITERS[best];
  }

  private static void skipByteOrderMark(BufferedReader chars) throws IOException {
    chars.mark(1);
    if (chars.read() != BYTE_ORDER_MARK) {
      chars.reset();
    }
  }
}
