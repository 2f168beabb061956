package io.modeldrift.baseline;

import io.modeldrift.distribution.NumericLayout;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a person said about one column of a baseline that is to be made.
 *
 * @param type null to find out from the values
 * @param importance weight of the column in the model's score, at least 0
 * @param edges of a numeric column, increasing; empty to take quantiles
 * @param derive what to compute from the column and compare as columns of their own
 * @param feature whether the column belongs into a baseline at all
 */
public record ColumnSettings(
    @Nullable ColumnType type,
    double importance,
    List<Double> edges,
    List<DerivedKind> derive,
    boolean feature) {

  private static final ColumnSettings DEFAULT =
      new ColumnSettings(null, 1, List.of(), List.of(), true);

  /**
   * Checks the ranges; edges make a column numeric.
   *
   * @throws IllegalArgumentException if the importance is negative or not finite, a categorical
   *     column has edges, or the edges do not increase
   */
  public ColumnSettings {
    edges = List.copyOf(edges);
    derive = List.copyOf(new TreeSet<>(derive));
    if (!(importance >= 0 && Double.isFinite(importance))) {
      throw new IllegalArgumentException(
          "importance " + importance + " is not a number of at least 0");
    }
    if (type == ColumnType.CATEGORICAL && !edges.isEmpty()) {
      throw new IllegalArgumentException("a categorical column has no edges");
    }
    if (!edges.isEmpty()) {
      layout(edges); // refuses edges that cannot be
      type = ColumnType.NUMERIC;
    }
  }

  /** Returns settings that leave everything to the values, with an importance of 1. */
  public static ColumnSettings withDefaults() {
    return DEFAULT;
  }

  /** Returns these settings with a declared type. */
  public ColumnSettings withType(ColumnType declared) {
    return new ColumnSettings(declared, importance, edges, derive, feature);
  }

  /** Returns these settings with another importance. */
  public ColumnSettings withImportance(double weight) {
    return new ColumnSettings(type, weight, edges, derive, feature);
  }

  /** Returns these settings with edges that a person chose. */
  public ColumnSettings withEdges(List<Double> chosen) {
    return new ColumnSettings(type, importance, chosen, derive, feature);
  }

  /** Returns these settings with columns to be computed from this one. */
  public ColumnSettings withDerive(List<DerivedKind> kinds) {
    return new ColumnSettings(type, importance, edges, kinds, feature);
  }

  /** Returns the bins between the edges, of which there must be some. */
  NumericLayout layout() {
    return layout(edges);
  }

  private static NumericLayout layout(List<Double> edges) {
    return NumericLayout.ofEdges(edges.stream().mapToDouble(edge -> edge).toArray());
  }
}
