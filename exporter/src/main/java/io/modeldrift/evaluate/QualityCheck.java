package io.modeldrift.evaluate;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.observe.ViolationCounts;
import io.modeldrift.observe.ViolationReason;
import io.modeldrift.statistics.ShareCheck;
import java.util.EnumMap;
import java.util.Map;

/** Compares a window's shares of bad values with the baseline's. */
final class QualityCheck {

  private static final long FEWEST_ROWS = 100;
  private static final double NEARLY_CONSTANT = 0.95;

  /** Not by {@code values()}, which copies, for hundreds of columns an evaluation. */
  private static final ViolationReason[] REASONS = ViolationReason.values();

  private QualityCheck() {}

  static ColumnQuality of(
      BaselineColumn column, BinnedCounts current, ViolationCounts violations, double tolerance) {
    Map<ViolationReason, ShareCheck> shares = new EnumMap<>(ViolationReason.class);
    for (ViolationReason reason : REASONS) {
      long count = violations.count(reason);
      if (count > 0 && count <= current.total()) {
        double expected = baselineShare(column, reason);
        shares.put(reason, ShareCheck.of(count, current.total(), expected, tolerance));
      }
    }
    return new ColumnQuality(shares, isEmpty(column, current), isConstant(column, current));
  }

  /**
   * The baseline keeps bins, not reasons: invalid values of any kind share one bin, so a reason's
   * baseline share is at most that bin's.
   */
  private static double baselineShare(BaselineColumn column, ViolationReason reason) {
    return switch (reason) {
      case MISSING, NAN -> share(column, column.layout().missing());
      case OPAQUE, TYPE_MISMATCH, INF -> share(column, column.layout().invalid());
      case UNSEEN_CATEGORY ->
          column.layout() instanceof CategoricalLayout layout ? share(column, layout.unseen()) : 0;
      case BELOW_MINIMUM -> column.isNumeric() ? share(column, 0) : 0;
      case ABOVE_MAXIMUM ->
          column.layout() instanceof NumericLayout layout
              ? share(column, layout.valueBins() - 1)
              : 0;
      case NOT_INTEGER, NOT_ALLOWED, TOO_LONG -> 0;
    };
  }

  private static double share(BaselineColumn column, int bin) {
    return column.counts().total() == 0 ? 0 : column.counts().share(bin);
  }

  private static boolean isEmpty(BaselineColumn column, BinnedCounts current) {
    return current.total() >= FEWEST_ROWS
        && current.count(column.layout().missing()) == current.total();
  }

  private static boolean isConstant(BaselineColumn column, BinnedCounts current) {
    return current.total() >= FEWEST_ROWS
        && largest(current) == current.total()
        && largest(column.counts()) <= NEARLY_CONSTANT * column.counts().total();
  }

  private static long largest(BinnedCounts counts) {
    long largest = 0;
    for (int bin = 0; bin < counts.bins(); bin++) {
      largest = Math.max(largest, counts.count(bin));
    }
    return largest;
  }
}
