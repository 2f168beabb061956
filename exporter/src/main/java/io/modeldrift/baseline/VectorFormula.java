package io.modeldrift.baseline;

import io.modeldrift.inference.InferenceBatch;
import java.util.List;
import java.util.stream.IntStream;

/** A number about the vector whose coordinates are columns. */
final class VectorFormula implements RowFormula {

  private final boolean norm;
  private final double[] centroid;
  private final double centroidNorm;
  private final NumberCells cells;

  VectorFormula(Derivation.OfVector derivation) {
    this.norm = derivation.kind() == DerivedKind.NORM;
    this.centroid = derivation.centroid().stream().mapToDouble(Double::doubleValue).toArray();
    this.cells = new NumberCells(coordinates(derivation.column(), centroid.length));
    double squares = 0;
    for (double coordinate : centroid) {
      squares += coordinate * coordinate;
    }
    this.centroidNorm = Math.sqrt(squares);
  }

  static List<String> coordinates(String column, int width) {
    return IntStream.range(0, width).mapToObj(i -> column + "_" + i).toList();
  }

  @Override
  public void bind(InferenceBatch batch) {
    cells.bind(batch);
  }

  /** One coordinate that is missing or cannot be used makes the whole vector so. */
  @Override
  public double of(int row) {
    double squares = 0;
    double along = 0;
    for (int i = 0; i < centroid.length; i++) {
      double coordinate = cells.at(i, row);
      squares += coordinate * coordinate;
      along += coordinate * centroid[i];
    }
    double length = Math.sqrt(squares);
    if (norm || !Double.isFinite(length)) {
      return length;
    }
    return Math.max(-1, Math.min(1, along / (length * centroidNorm)));
  }
}
