package io.modeldrift.baseline;

import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.statistics.ReconstructionError;

/** The reconstruction error of rows; a cell without a usable number counts as the mean. */
final class ReconstructionFormula implements RowFormula {

  private final ReconstructionError error;
  private final NumberCells cells;
  private final double[] row;

  ReconstructionFormula(Derivation.Reconstruction derivation) {
    this.error = derivation.error();
    this.cells = new NumberCells(derivation.columns());
    this.row = new double[derivation.columns().size()];
  }

  @Override
  public void bind(InferenceBatch batch) {
    cells.bind(batch);
  }

  @Override
  public double of(int index) {
    for (int i = 0; i < row.length; i++) {
      row[i] = cells.at(i, index);
    }
    return error.of(row);
  }
}
