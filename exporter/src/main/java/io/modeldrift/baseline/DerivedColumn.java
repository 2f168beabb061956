package io.modeldrift.baseline;

import java.util.List;

/**
 * A numeric column that is computed, row by row, from the bins of the input columns; for example an
 * outlier score.
 */
public interface DerivedColumn {

  /** Returns the column's name, which no input or output column should have. */
  String name();

  /** Returns how rows are scored, given all input columns of the finished baseline. */
  RowScore scoreWith(List<BaselineColumn> inputs);

  /** Scores one row. */
  interface RowScore {

    /**
     * Returns the number of a row; NaN if it has none.
     *
     * @param bins the bin of each input column's value, in the order of the baseline's input
     *     columns
     */
    double of(int[] bins);
  }
}
