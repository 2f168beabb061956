package io.modeldrift.observe;

import io.modeldrift.baseline.RowFormula;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.InferenceBatch;

/** Computes a derived column for live rows, and counts it. Allocates nothing per row. */
final class DerivedObserver {

  private final ColumnCounts counts;
  private final NumericLayout layout;
  private final RowFormula formula;

  DerivedObserver(ColumnObserver column, RowFormula formula) {
    this.counts = column.counts();
    this.layout = (NumericLayout) column.baseline().layout();
    this.formula = formula;
  }

  void observe(InferenceBatch batch) {
    formula.bind(batch);
    for (int row = 0; row < batch.rows(); row++) {
      double value = formula.of(row) + 0.0;
      int bin = layout.indexOf(value);
      counts.add(bin, bin < layout.valueBins() ? value : 0);
    }
  }
}
