package io.modeldrift.observe;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.baseline.Binner;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the values of one column: into bins, and under the rule that a value violates.
 *
 * <p>Not thread-safe: the model's lock guards it. Allocates nothing per value.
 */
final class ColumnObserver {

  private final BaselineColumn baseline;
  private final ColumnRules rules;
  private final Binner binner;
  private final @Nullable Binner allowed;
  private final ColumnCounts counts;
  private final double[] penalties;

  ColumnObserver(BaselineColumn baseline, ColumnRules rules, List<Window> windows) {
    this.baseline = baseline;
    this.rules = rules;
    this.binner = new Binner(baseline.layout());
    this.allowed =
        rules.allowed().isEmpty()
            ? null
            : new Binner(CategoricalLayout.of(rules.allowed(), new long[0]));
    this.counts = new ColumnCounts(baseline.layout().bins(), windows);
    this.penalties = OutlierScore.penalties(baseline);
  }

  BaselineColumn baseline() {
    return baseline;
  }

  ColumnCounts counts() {
    return counts;
  }

  /** Returns what tells the column and its bins apart from all others of the model. */
  String identity() {
    return baseline.role().label() + ' ' + baseline.layout().hash() + ' ' + baseline.name();
  }

  /** Whether another column of the same name and role has the same bins. */
  boolean countsLike(ColumnObserver other) {
    return baseline.role() == other.baseline.role()
        && baseline.name().equals(other.baseline.name())
        && baseline.layout().hash().equals(other.baseline.layout().hash());
  }

  /** Counts a column that no row of the payload names, and adds to the score of each row. */
  void observeAbsent(double[] scores, int rows) {
    int missing = baseline.layout().missing();
    counts.addMany(missing, rows);
    counts.addViolations(ViolationReason.MISSING, rows);
    for (int row = 0; row < rows; row++) {
      scores[row] += penalties[missing];
    }
  }

  /**
   * Counts the rows of a payload, adds to the outlier score of each, and returns in how many of
   * them the column is absent.
   */
  int observe(Column column, double[] scores, int rows) {
    return binner.layout() instanceof NumericLayout numeric
        ? observeNumbers(numeric, column, scores, rows)
        : observeCategories((CategoricalLayout) binner.layout(), column, scores, rows);
  }

  /** Counts the finished scores of a payload's rows; only for a derived column. */
  void observeScores(double[] scores, int rows) {
    NumericLayout layout = (NumericLayout) baseline.layout();
    for (int row = 0; row < rows; row++) {
      counts.add(layout.indexOf(scores[row]), scores[row]);
    }
  }

  private int observeNumbers(NumericLayout numeric, Column column, double[] scores, int rows) {
    int absent = 0;
    int overflow = numeric.valueBins() - 1;
    for (int row = 0; row < rows; row++) {
      int bin = binner.bin(column, row);
      double value = binner.value();
      counts.add(bin, value);
      scores[row] += penalties[bin];
      if (bin > overflow) {
        absent += countUnusable(column.kind(row), bin == numeric.missing());
      } else {
        countNumberViolation(value, bin, overflow);
      }
    }
    return absent;
  }

  private int observeCategories(
      CategoricalLayout categories, Column column, double[] scores, int rows) {
    int absent = 0;
    for (int row = 0; row < rows; row++) {
      int bin = binner.bin(column, row);
      counts.addMany(bin, 1);
      scores[row] += penalties[bin];
      if (bin > categories.unseen()) {
        absent += countUnusable(column.kind(row), bin == categories.missing());
      } else {
        countCategoryViolation(categories, column, row, bin);
      }
    }
    return absent;
  }

  /** Counts a value in the missing or the invalid bin; returns 1 if the row lacks the column. */
  private int countUnusable(byte kind, boolean missing) {
    if (missing) {
      counts.addViolation(ViolationReason.MISSING);
      if (kind == Column.NUMBER || kind == Column.TEXT) {
        counts.addViolation(ViolationReason.NAN);
      }
      return kind == Column.ABSENT ? 1 : 0;
    }
    if (binner.isInfinite()) {
      counts.addViolation(ViolationReason.INF);
    } else {
      boolean opaque = kind == Column.OPAQUE;
      counts.addViolation(opaque ? ViolationReason.OPAQUE : ViolationReason.TYPE_MISMATCH);
    }
    return 0;
  }

  private void countNumberViolation(double value, int bin, int overflow) {
    if (rules.integer() && value != Math.rint(value)) {
      counts.addViolation(ViolationReason.NOT_INTEGER);
    } else if (rules.declaresMinimum() ? value < rules.minimum() : bin == 0) {
      counts.addViolation(ViolationReason.BELOW_MINIMUM);
    } else if (rules.declaresMaximum() ? value > rules.maximum() : bin == overflow) {
      counts.addViolation(ViolationReason.ABOVE_MAXIMUM);
    }
  }

  private void countCategoryViolation(
      CategoricalLayout categories, Column column, int row, int bin) {
    if (allowed != null) {
      CategoricalLayout list = (CategoricalLayout) allowed.layout();
      if (allowed.bin(column, row) == list.unseen()) {
        counts.addViolation(ViolationReason.NOT_ALLOWED);
        return;
      }
    } else if (bin == categories.unseen()) {
      counts.addViolation(ViolationReason.UNSEEN_CATEGORY);
      return;
    }
    if (column.kind(row) == Column.TEXT && column.textLength(row) > rules.maxLength()) {
      counts.addViolation(ViolationReason.TOO_LONG);
    }
  }
}
