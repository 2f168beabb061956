package io.modeldrift.baseline;

import io.modeldrift.inference.InferenceBatch;

/**
 * Computes a number for each row of a batch from the batch's input columns.
 *
 * <p>Not thread-safe: it keeps the columns of the batch it is bound to. Allocates nothing per row.
 */
public interface RowFormula {

  /** Turns to the rows of a batch, whose columns are looked up once. */
  void bind(InferenceBatch batch);

  /** Returns the number of a row; NaN if it has none, infinite if its values cannot be used. */
  double of(int row);
}
