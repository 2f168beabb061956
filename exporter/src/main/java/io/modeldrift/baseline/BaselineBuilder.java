package io.modeldrift.baseline;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a baseline from rows that are kept in memory until it is built: types, bins, counts, sums,
 * moments and chunks are exact.
 *
 * <p>Rows come in batches and count in the order in which they come. Inputs and outputs are counted
 * apart, because requests and responses may arrive in batches of their own: a batch of requests
 * adds rows to the inputs only.
 *
 * <p>Memory is bounded by the caller, who stops when {@link #isFull}: about 9 bytes a number and 17
 * bytes a text, plus 2 bytes a char, of which at most {@value Binner#MAX_CATEGORY_CHARS} and one
 * are kept a text.
 *
 * <p>Not thread-safe.
 */
public final class BaselineBuilder {

  /** The number of cells from which a builder is full. */
  public static final long MAX_CELLS = 4_000_000;

  /** The number of chars, in all texts together, from which a builder is full. */
  public static final long MAX_CHARS = 16_000_000;

  /** Arrays grow by doubling: while they do, a number and its kind take twice their nine bytes. */
  private static final int NUMBER_BYTES = 18;

  private static final int CHAR_BYTES = 2 * Character.BYTES;

  private final BaselineSettings settings;
  private final RowStore inputs;
  private final RowStore outputs;
  private final List<DerivedColumn> derived = new ArrayList<>();

  /** Makes a builder without rows. */
  public BaselineBuilder(BaselineSettings settings) {
    this.settings = settings;
    this.inputs = new RowStore(Role.INPUT, settings);
    this.outputs = new RowStore(Role.OUTPUT, settings);
  }

  /** Adds a column that is computed when all others are known. */
  public BaselineBuilder derive(DerivedColumn column) {
    derived.add(column);
    return this;
  }

  /** Copies the rows of a batch. */
  public void add(InferenceBatch batch) {
    switch (batch.kind()) {
      case REQUEST -> inputs.add(batch);
      case RESPONSE -> outputs.add(batch);
      case PAIR -> {
        inputs.add(batch);
        outputs.add(batch);
      }
      case EXPLANATION -> {}
    }
  }

  /** Returns the number of rows added, of inputs or of outputs, whichever are more. */
  public int rows() {
    return Math.max(inputs.rows(), outputs.rows());
  }

  /** Returns whether so much is kept that the baseline should be built from what there is. */
  public boolean isFull() {
    return inputs.cells() + outputs.cells() >= MAX_CELLS
        || inputs.chars() + outputs.chars() >= MAX_CHARS;
  }

  /** Returns about how many bytes the kept rows take at most. */
  public long bytes() {
    return NUMBER_BYTES * (inputs.cells() + outputs.cells())
        + CHAR_BYTES * (inputs.chars() + outputs.chars());
  }

  /** Returns the number of columns that rows have brought, inputs and outputs. */
  public int columns() {
    return inputs.columns().size() + outputs.columns().size();
  }

  /** Takes the rows of one column. */
  interface ColumnRows {
    void accept(Column column, int rows);
  }

  /** Hands all rows on, column by column, and forgets them. */
  void drainTo(ColumnRows consumer) {
    inputs.columns().forEach(column -> consumer.accept(column, inputs.rows()));
    outputs.columns().forEach(column -> consumer.accept(column, outputs.rows()));
    inputs.clear();
    outputs.clear();
  }

  /**
   * Returns the baseline of all rows added so far; the builder stays as it is.
   *
   * @param source what the rows were, for a person: a file, a query, {@code traffic}
   */
  public Baseline build(ModelKey model, Instant created, String source) {
    List<ColumnBins> inputBins = bins(inputs);
    List<BaselineColumn> inputColumns = count(inputs, inputBins);
    List<BaselineColumn> columns = new ArrayList<>(inputColumns);
    columns.addAll(count(outputs, bins(outputs)));
    for (DerivedColumn column : inputs.rows() == 0 ? List.<DerivedColumn>of() : derived) {
      RowFormula formula = new BinnedFormula(column, inputColumns, inputBins);
      columns.add(count(new Derived(column.name(), formula, null)));
    }
    derivedFrom(inputColumns).forEach(column -> columns.add(count(column)));
    return Baseline.of(model, created, source, rows(), columns);
  }

  private List<Derived> derivedFrom(List<BaselineColumn> inputColumns) {
    Derivations derivations = new Derivations(settings);
    derivations.add(inputs.batch());
    List<Covariances> covariances = derivations.covariances(inputColumns);
    covariances.forEach(each -> each.add(inputs.batch()));
    return derivations.of(inputColumns, covariances);
  }

  private List<ColumnBins> bins(RowStore store) {
    ExactBins exact = new ExactBins(settings);
    return store.columns().stream().map(column -> exact.of(column, store.rows())).toList();
  }

  private List<BaselineColumn> count(RowStore store, List<ColumnBins> bins) {
    List<BaselineColumn> columns = new ArrayList<>();
    for (Column column : store.columns()) {
      columns.add(count(column, column.role(), bins.get(columns.size()), store.rows()));
    }
    return columns;
  }

  private BaselineColumn count(Column column, Role role, ColumnBins bins, int rows) {
    ColumnTally tally =
        new ColumnTally(
            column.name(),
            role,
            bins,
            rows,
            settings.chunks(),
            settings.column(column.name()).importance());
    tally.add(column, rows);
    return tally.toColumn();
  }

  private BaselineColumn count(Derived derivedColumn) {
    Column column = derivedColumn.of(inputs.batch());
    ColumnBins bins = new ExactBins(settings).of(column, inputs.rows());
    return derivedColumn.finished(count(column, Role.DERIVED, bins, inputs.rows()));
  }
}
