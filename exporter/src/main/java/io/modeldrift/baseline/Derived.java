package io.modeldrift.baseline;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A derived column while its baseline is made: its formula, and the column that it fills. */
final class Derived {

  private final String name;
  private final RowFormula formula;
  private final @Nullable Derivation derivation;
  private final Column column;

  /**
   * @param derivation null if the column follows from the input columns alone
   */
  Derived(String name, RowFormula formula, @Nullable Derivation derivation) {
    this.name = name;
    this.formula = formula;
    this.derivation = derivation;
    this.column = Objects.requireNonNull(new InferenceBatch().column(Role.OUTPUT, name));
  }

  String name() {
    return name;
  }

  /** Returns the counted column together with how it is computed. */
  BaselineColumn finished(BaselineColumn counted) {
    return new BaselineColumn(
        name,
        Role.DERIVED,
        counted.layout(),
        counted.counts(),
        counted.mean(),
        counted.standardDeviation(),
        counted.chunks(),
        counted.importance(),
        derivation);
  }

  /** Returns the numbers of all rows of a batch; overwritten by the next call. */
  Column of(InferenceBatch batch) {
    formula.bind(batch);
    for (int row = 0; row < batch.rows(); row++) {
      column.setNumber(row, formula.of(row));
    }
    return column;
  }
}
