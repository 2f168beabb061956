package io.modeldrift.expose.page;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.statistics.BinnedPair;
import io.modeldrift.statistics.Contribution;
import java.util.List;

/**
 * Baseline and current shares of a column, bin by bin, with names that a person understands.
 *
 * @param current counts of the window, over the same layout
 */
record BinShares(BaselineColumn column, BinnedCounts current) {

  /** A bin that moved much less than the first is not worth naming. */
  private static final double WORTH_NAMING = 0.05;

  int bins() {
    return column.layout().bins();
  }

  /** Returns whether both sides were counted over the same bins. */
  boolean isComparable() {
    return current.bins() == bins();
  }

  /** Returns the baseline's share of a bin; 0 without rows. */
  double before(int bin) {
    return column.counts().total() == 0 ? 0 : column.counts().share(bin);
  }

  /** Returns the window's share of a bin; 0 without rows. */
  double now(int bin) {
    return current.total() == 0 ? 0 : current.share(bin);
  }

  boolean isEmpty(int bin) {
    return column.counts().count(bin) == 0 && current.count(bin) == 0;
  }

  /** Returns whether a bin stands outside the column's own values: tails, missing, unseen … */
  boolean isSpecial(int bin) {
    if (column.layout() instanceof NumericLayout numeric) {
      return bin == 0 || bin >= numeric.valueBins() - 1;
    }
    return bin >= ((CategoricalLayout) column.layout()).other();
  }

  /** Returns the largest share on either side. */
  double largest() {
    double largest = 0;
    for (int bin = 0; bin < bins(); bin++) {
      largest = Math.max(largest, Math.max(before(bin), now(bin)));
    }
    return largest;
  }

  /** Returns the bins that moved most, the one with the largest part in the PSI first. */
  List<Contribution> moved(int atMost) {
    if (column.counts().total() == 0 || current.total() == 0) {
      return List.of();
    }
    List<Contribution> largest =
        Contribution.largest(BinnedPair.unordered(column.counts(), current), atMost);
    return largest.stream()
        .filter(part -> part.value() >= WORTH_NAMING * largest.get(0).value())
        .toList();
  }

  /** Returns what a bin holds, in words. */
  String name(int bin) {
    if (bin == column.layout().missing()) {
      return "missing";
    }
    if (bin == column.layout().invalid()) {
      return "invalid";
    }
    return column.layout() instanceof NumericLayout numeric
        ? range(numeric, bin)
        : category((CategoricalLayout) column.layout(), bin);
  }

  private static String category(CategoricalLayout layout, int bin) {
    if (bin == layout.other()) {
      return "other known";
    }
    if (bin == layout.unseen()) {
      return "never seen";
    }
    String category = layout.categories().get(bin);
    return category.isBlank() ? "\"" + category + "\"" : category;
  }

  private static String range(NumericLayout layout, int bin) {
    double lower = layout.lower(bin);
    double upper = layout.upper(bin);
    if (Double.isInfinite(lower)) {
      return "below " + edge(layout, bin + 1);
    }
    if (Double.isInfinite(upper)) {
      return "above " + edge(layout, bin);
    }
    return upper <= Math.nextUp(lower)
        ? "exactly " + edge(layout, bin)
        : edge(layout, bin) + " to " + edge(layout, bin + 1);
  }

  /** Returns the edge between a value bin and the one before it. */
  static String edge(NumericLayout layout, int bin) {
    return Format.edge(layout.lower(bin), Math.min(width(layout, bin - 1), width(layout, bin)));
  }

  /** Point bins and open ones do not say how exact an edge has to be. */
  private static double width(NumericLayout layout, int bin) {
    double width = layout.upper(bin) - layout.lower(bin);
    boolean point = layout.upper(bin) <= Math.nextUp(layout.lower(bin));
    return point ? Double.POSITIVE_INFINITY : width;
  }
}
