package io.modeldrift.baseline;

import io.modeldrift.statistics.ReconstructionError;
import java.util.List;

/**
 * How a derived column is computed, with everything that this takes: part of the baseline, so that
 * live rows are computed just as those of the baseline were.
 */
public sealed interface Derivation {

  /** Returns what is computed. */
  DerivedKind kind();

  /** Returns a formula of its own for whoever asks. */
  RowFormula formula();

  /**
   * A number about the text in one column.
   *
   * @param kind one that {@link DerivedKind#ofText}
   * @param column the input column that holds the text
   * @param vocabulary hashes of the known tokens, increasing; empty for other kinds
   */
  record OfText(DerivedKind kind, String column, List<Long> vocabulary) implements Derivation {

    /** Copies the vocabulary. */
    public OfText {
      vocabulary = List.copyOf(vocabulary);
      if (!kind.ofText()) {
        throw new IllegalArgumentException(kind.label() + " is not derived from texts");
      }
    }

    @Override
    public RowFormula formula() {
      return new TextFormula(this);
    }
  }

  /**
   * A number about the vector whose coordinates are the columns {@code column_0}, {@code column_1}
   * and so on.
   *
   * @param kind one that is {@link DerivedKind#ofVector}
   * @param column the common part of the names
   * @param centroid mean of each coordinate in the baseline, as many as there are coordinates
   */
  record OfVector(DerivedKind kind, String column, List<Double> centroid) implements Derivation {

    /** Copies the centroid. */
    public OfVector {
      centroid = List.copyOf(centroid);
      if (!kind.ofVector()) {
        throw new IllegalArgumentException(kind.label() + " is not derived from vectors");
      }
      if (centroid.isEmpty()) {
        throw new IllegalArgumentException("a vector has at least one coordinate");
      }
    }

    @Override
    public RowFormula formula() {
      return new VectorFormula(this);
    }
  }

  /**
   * How far a row lies from the plane of the baseline's principal components.
   *
   * @param columns numeric input columns
   * @param means of the columns
   * @param deviations population standard deviations of the columns
   * @param components orthonormal, each with a coordinate a column
   */
  record Reconstruction(
      List<String> columns,
      List<Double> means,
      List<Double> deviations,
      List<List<Double>> components)
      implements Derivation {

    /** Copies the lists and checks that their lengths agree. */
    public Reconstruction {
      columns = List.copyOf(columns);
      means = List.copyOf(means);
      deviations = List.copyOf(deviations);
      components = components.stream().map(List::copyOf).toList();
      for (List<Double> component : components) {
        requireWidth(columns.size(), component.size());
      }
      requireWidth(columns.size(), means.size());
      requireWidth(columns.size(), deviations.size());
    }

    private static void requireWidth(int expected, int actual) {
      if (expected != actual) {
        throw new IllegalArgumentException(expected + " columns, but " + actual + " numbers");
      }
    }

    @Override
    public DerivedKind kind() {
      return DerivedKind.RECONSTRUCTION_ERROR;
    }

    /** Returns the arithmetic of one row. */
    ReconstructionError error() {
      return new ReconstructionError(
          array(means),
          array(deviations),
          components.stream().map(Reconstruction::array).toArray(double[][]::new));
    }

    private static double[] array(List<Double> numbers) {
      return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public RowFormula formula() {
      return new ReconstructionFormula(this);
    }
  }
}
