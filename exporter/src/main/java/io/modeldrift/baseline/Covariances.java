package io.modeldrift.baseline;

import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.statistics.PrincipalComponents;
import java.util.Arrays;
import java.util.List;

/** How numeric input columns vary together: what the reconstruction error of rows needs. */
final class Covariances {

  /** The largest number of columns: the error of a row costs their number times the components. */
  static final int MAX_COLUMNS = 64;

  private final List<BaselineColumn> columns;
  private final NumberCells cells;
  private final double[] row;
  private final double[][] products;
  private long rows;

  /**
   * @param inputs the input columns of the baseline; numeric ones that vary take part
   */
  Covariances(List<BaselineColumn> inputs) {
    this.columns =
        inputs.stream()
            .filter(column -> column.standardDeviation() > 0)
            .filter(column -> Double.isFinite(column.standardDeviation()))
            .limit(MAX_COLUMNS)
            .toList();
    this.cells = new NumberCells(columns.stream().map(BaselineColumn::name).toList());
    this.row = new double[columns.size()];
    this.products = new double[row.length][row.length];
  }

  /** Returns whether there are columns enough for a correlation to break. */
  boolean areUseful() {
    return columns.size() >= 2;
  }

  void add(InferenceBatch batch) {
    cells.bind(batch);
    for (int i = 0; i < batch.rows(); i++) {
      for (int k = 0; k < row.length; k++) {
        BaselineColumn column = columns.get(k);
        double z = (cells.at(k, i) - column.mean()) / column.standardDeviation();
        row[k] = Double.isFinite(z) ? z : 0;
      }
      addProducts();
    }
    rows += batch.rows();
  }

  private void addProducts() {
    for (int i = 0; i < row.length; i++) {
      for (int k = 0; k <= i; k++) {
        products[i][k] += row[i] * row[k];
      }
    }
  }

  /** Returns what the rows added so far say. */
  Derivation.Reconstruction reconstruction(double explained) {
    double[][] covariance = new double[row.length][row.length];
    for (int i = 0; i < row.length; i++) {
      for (int k = 0; k <= i; k++) {
        covariance[i][k] = products[i][k] / Math.max(1, rows);
        covariance[k][i] = covariance[i][k];
      }
    }
    return new Derivation.Reconstruction(
        columns.stream().map(BaselineColumn::name).toList(),
        columns.stream().map(BaselineColumn::mean).toList(),
        columns.stream().map(BaselineColumn::standardDeviation).toList(),
        Arrays.stream(PrincipalComponents.explaining(covariance, explained))
            .map(component -> Arrays.stream(component).boxed().toList())
            .toList());
  }
}
