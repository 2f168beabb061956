package io.modeldrift.baseline;

import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the baseline knows about one column.
 *
 * @param name the column's name, as traffic spells it
 * @param role what the column is to the model
 * @param layout the bins, on which both sides are counted
 * @param counts rows and sums per bin, missing and invalid included
 * @param mean of the finite values; 0 for a categorical column
 * @param standardDeviation population standard deviation of the finite values; 0 for categorical
 * @param chunks the same counts for consecutive, about equally long parts of the baseline in order
 *     of time; empty if its rows have no such order or are too few
 * @param importance weight of the column in the model's score, at least 0
 * @param derivation how a derived column is computed from others; null for other columns, and for
 *     the outlier score, which follows from the bins of the inputs
 */
public record BaselineColumn(
    String name,
    Role role,
    BinLayout layout,
    BinnedCounts counts,
    double mean,
    double standardDeviation,
    List<BinnedCounts> chunks,
    double importance,
    @Nullable Derivation derivation) {

  /** Makes a column that is not computed from others by a formula of its own. */
  public BaselineColumn(
      String name,
      Role role,
      BinLayout layout,
      BinnedCounts counts,
      double mean,
      double standardDeviation,
      List<BinnedCounts> chunks,
      double importance) {
    this(name, role, layout, counts, mean, standardDeviation, chunks, importance, null);
  }

  /**
   * Checks that all counts belong to the layout.
   *
   * @throws IllegalArgumentException if they do not, the importance is negative or not finite, or a
   *     column with a derivation is not derived or not numeric
   */
  public BaselineColumn {
    chunks = List.copyOf(chunks);
    checkBins(name, layout, counts);
    chunks.forEach(chunk -> checkBins(name, layout, chunk));
    if (derivation != null && (role != Role.DERIVED || !(layout instanceof NumericLayout))) {
      throw new IllegalArgumentException(
          "column " + name + ": only a derived column of numbers has a derivation");
    }
    if (!(importance >= 0 && Double.isFinite(importance))) {
      throw new IllegalArgumentException(
          "column " + name + ": importance " + importance + " is not a number of at least 0");
    }
  }

  /** Returns whether the column's values are numbers in order. */
  public boolean isNumeric() {
    return layout instanceof NumericLayout;
  }

  /** Returns the number of finite values in a numeric column; 0 for a categorical one. */
  public long values() {
    long values = 0;
    for (int bin = 0; bin < layout.valueBins(); bin++) {
      values += counts.count(bin);
    }
    return values;
  }

  private static void checkBins(String name, BinLayout layout, BinnedCounts counts) {
    if (counts.bins() != layout.bins()) {
      throw new IllegalArgumentException(
          "column " + name + ": " + counts.bins() + " counts for " + layout.bins() + " bins");
    }
  }
}
