package io.modeldrift.baseline;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a baseline from a source of any size in bounded memory.
 *
 * <p>A small source (up to {@link BaselineBuilder#isFull}) is kept in memory, and everything is
 * exact. Of a large one a first pass keeps a sketch a column to lay out bins, see {@link
 * NumericSketch} and {@link CategorySketch}, and a second pass counts over them exactly. If a
 * column's first values misled about its type, a pass in between sketches it anew.
 */
public final class BaselineScan {

  private final RowSource source;
  private final BaselineSettings settings;
  private final ScanProgress progress;
  private RowProblems problems = new RowProblems();
  private int pass;
  private long inputRows;
  private long outputRows;

  /** Scans a source. */
  public BaselineScan(RowSource source, BaselineSettings settings, ScanProgress progress) {
    this.source = source;
    this.settings = source.hasOnlyTexts() ? settings.withTextNumbers() : settings;
    this.progress = progress;
  }

  /**
   * Returns the baseline of all rows.
   *
   * @param limit from which so many rows are sketched instead of kept
   * @throws IOException if the source cannot be read, has no rows, or changes between passes
   */
  ScanResult build(ModelKey model, Instant created, MemoryLimit limit) throws IOException {
    BaselineBuilder builder = new BaselineBuilder(settings).derive(new OutlierScore());
    Map<ColumnKey, ColumnScan> columns = new LinkedHashMap<>();
    boolean[] kept = {true};
    eachBatch(
        batch -> {
          count(batch);
          if (kept[0]) {
            builder.add(batch);
            if (limit.isReached(builder)) {
              kept[0] = false;
              builder.drainTo((column, rows) -> scan(columns, column).add(column, rows));
            }
          } else {
            eachColumn(batch, (column, rows) -> scan(columns, column).add(column, rows));
          }
        });
    if (kept[0]) {
      return result(builder.build(model, created, source.description()), true);
    }
    sketchAgainWhereMisled(columns);
    List<ColumnTally> tallies = new ArrayList<>();
    for (ColumnScan column : columns.values()) {
      tallies.add(
          tally(
              column.name(),
              column.role(),
              column.bins(settings),
              settings.column(column.name()).importance()));
    }
    Derivations derivations = new Derivations(settings);
    List<BaselineColumn> counted = counted(tallies, derivations);
    counted.addAll(derived(tallies, counted, derivations));
    return result(baseline(counted, model, created), false);
  }

  /**
   * Returns the baseline of all rows.
   *
   * @param model that the baseline is for
   * @param created when it is made
   * @throws IOException if the source cannot be read, has no rows, or changes between passes
   */
  public ScanResult build(ModelKey model, Instant created) throws IOException {
    return build(model, created, BaselineBuilder::isFull);
  }

  /**
   * Returns the baseline of all rows over the bins of another one, so that the two can be merged;
   * columns that the other does not have are left out.
   *
   * @throws IOException if the source cannot be read, has no rows, or changes between passes
   */
  public ScanResult buildLike(Baseline other, ModelKey model, Instant created) throws IOException {
    eachBatch(this::count);
    List<ColumnTally> tallies = new ArrayList<>();
    for (BaselineColumn column : other.columns()) {
      if (column.role() != Role.DERIVED) {
        ColumnBins bins = ColumnBins.of(column.layout());
        tallies.add(tally(column.name(), column.role(), bins, column.importance()));
      }
    }
    return result(baseline(counted(tallies, new Derivations(settings)), model, created), true);
  }

  /** When rows are no longer kept but sketched. */
  interface MemoryLimit {
    boolean isReached(BaselineBuilder builder);
  }

  private record ColumnKey(Role role, String name) {}

  private interface BatchConsumer {
    void accept(InferenceBatch batch) throws IOException;
  }

  private void eachBatch(BatchConsumer consumer) throws IOException {
    pass++;
    long rows = 0;
    try (RowReader reader = source.open()) {
      problems = reader.problems();
      for (InferenceBatch batch = reader.next(); batch != null; batch = reader.next()) {
        consumer.accept(batch);
        rows += batch.rows();
        progress.read(pass, rows, reader.progress());
      }
    }
    if (rows == 0) {
      throw new IOException(source.description() + ": has no rows that can be used");
    }
  }

  private void count(InferenceBatch batch) {
    inputRows += batch.kind() == BatchKind.RESPONSE ? 0 : batch.rows();
    outputRows += batch.kind() == BatchKind.REQUEST ? 0 : batch.rows();
  }

  private ColumnScan scan(Map<ColumnKey, ColumnScan> columns, Column column) {
    return columns.computeIfAbsent(
        new ColumnKey(column.role(), column.name()),
        key -> new ColumnScan(key.name, key.role, settings));
  }

  private static void eachColumn(InferenceBatch batch, BaselineBuilder.ColumnRows consumer) {
    batch.columns(Role.INPUT).forEach(column -> consumer.accept(column, batch.rows()));
    batch.columns(Role.OUTPUT).forEach(column -> consumer.accept(column, batch.rows()));
  }

  private void sketchAgainWhereMisled(Map<ColumnKey, ColumnScan> columns) throws IOException {
    List<ColumnScan> misled = columns.values().stream().filter(ColumnScan::isMisled).toList();
    if (misled.isEmpty()) {
      return;
    }
    misled.forEach(ColumnScan::restart);
    eachBatch(
        batch -> {
          for (ColumnScan scan : misled) {
            Column column = batch.find(scan.role(), scan.name());
            if (column != null) {
              scan.addAgain(column, batch.rows());
            }
          }
        });
  }

  private ColumnTally tally(String name, Role role, ColumnBins bins, double importance) {
    long rows = role == Role.OUTPUT ? outputRows : inputRows;
    return new ColumnTally(name, role, bins, rows, settings.chunks(), importance);
  }

  private List<BaselineColumn> counted(List<ColumnTally> tallies, Derivations derivations)
      throws IOException {
    eachBatch(
        batch -> {
          tallies.forEach(tally -> tally.add(batch));
          if (batch.kind() != BatchKind.RESPONSE) {
            derivations.add(batch);
          }
        });
    checkComplete(tallies);
    return new ArrayList<>(tallies.stream().map(ColumnTally::toColumn).toList());
  }

  private void checkComplete(List<ColumnTally> tallies) throws IOException {
    if (tallies.stream().anyMatch(tally -> !tally.isComplete())) {
      throw new IOException(source.description() + ": changed while it was read");
    }
  }

  /** Computes the derived columns: one pass finds out their bins, another one counts. */
  private List<BaselineColumn> derived(
      List<ColumnTally> tallies, List<BaselineColumn> counted, Derivations derivations)
      throws IOException {
    List<BaselineColumn> inputs = new ArrayList<>();
    List<ColumnBins> bins = new ArrayList<>();
    for (int i = 0; i < counted.size(); i++) {
      if (counted.get(i).role() == Role.INPUT) {
        inputs.add(counted.get(i));
        bins.add(tallies.get(i).bins());
      }
    }
    List<Covariances> covariances = derivations.covariances(inputs);
    if (!covariances.isEmpty()) {
      eachInput(batch -> covariances.forEach(each -> each.add(batch)));
    }
    if (inputs.isEmpty()) {
      return List.of();
    }
    OutlierScore score = new OutlierScore();
    List<Derived> derived = new ArrayList<>();
    derived.add(new Derived(score.name(), new BinnedFormula(score, inputs, bins), null));
    derived.addAll(derivations.of(inputs, covariances));
    return counted(derived);
  }

  private List<BaselineColumn> counted(List<Derived> derived) throws IOException {
    List<NumericSketch> sketches = derived.stream().map(column -> new NumericSketch()).toList();
    eachInput(
        batch -> {
          for (int i = 0; i < derived.size(); i++) {
            Column column = derived.get(i).of(batch);
            for (int row = 0; row < batch.rows(); row++) {
              sketches.get(i).add(column, row);
            }
          }
        });
    List<ColumnTally> tallies = new ArrayList<>();
    for (int i = 0; i < derived.size(); i++) {
      String name = derived.get(i).name();
      tallies.add(tally(name, Role.DERIVED, sketches.get(i).bins(settings), 1));
    }
    eachInput(
        batch -> {
          for (int i = 0; i < derived.size(); i++) {
            tallies.get(i).add(derived.get(i).of(batch), batch.rows());
          }
        });
    checkComplete(tallies);
    List<BaselineColumn> columns = new ArrayList<>();
    for (int i = 0; i < derived.size(); i++) {
      columns.add(derived.get(i).finished(tallies.get(i).toColumn()));
    }
    return columns;
  }

  private void eachInput(BatchConsumer consumer) throws IOException {
    eachBatch(
        batch -> {
          if (batch.kind() != BatchKind.RESPONSE) {
            consumer.accept(batch);
          }
        });
  }

  private Baseline baseline(List<BaselineColumn> columns, ModelKey model, Instant created) {
    long expected = Math.max(inputRows, outputRows);
    return Baseline.of(model, created, source.description(), expected, columns);
  }

  private ScanResult result(Baseline baseline, boolean exactBins) {
    List<String> messages = new ArrayList<>(problems.messages());
    messages.addAll(BaselineAdvice.on(baseline, settings));
    return new ScanResult(baseline, exactBins, messages);
  }
}
