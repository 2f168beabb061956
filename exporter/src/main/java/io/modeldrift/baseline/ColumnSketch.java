package io.modeldrift.baseline;

import io.modeldrift.inference.Column;

/** What is remembered of the values of one column to lay out its bins, in bounded memory. */
sealed interface ColumnSketch permits NumericSketch, CategorySketch {

  /** Takes the cell of a row. */
  void add(Column column, int row);

  /** Returns the bins for the cells so far. */
  ColumnBins bins(BaselineSettings settings);

  /** Returns an empty sketch for a type of column. */
  static ColumnSketch of(ColumnType type) {
    return type == ColumnType.NUMERIC ? new NumericSketch() : new CategorySketch();
  }
}
