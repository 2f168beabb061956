package io.modeldrift.evaluate;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.evaluate.ColumnVerdict.Reason;
import io.modeldrift.statistics.BinnedPair;
import io.modeldrift.statistics.MinimumRows;
import java.util.OptionalLong;

/** Whether a column can be judged at all, and if so its scores. */
sealed interface ColumnAssessment {

  /** There is a score of the verdict measure. */
  record Scorable(ColumnScores scores) implements ColumnAssessment {}

  /** There can be no verdict. */
  record NotScorable(ColumnVerdict.Insufficient verdict) implements ColumnAssessment {}

  static ColumnAssessment of(
      ColumnReference reference, BinnedCounts current, DriftSettings settings) {
    BinnedCounts baseline = reference.column().counts();
    if (baseline.total() == 0) {
      return insufficient(Reason.NO_BASELINE, OptionalLong.empty());
    }
    if (baseline.bins() != current.bins()) {
      return insufficient(Reason.LAYOUT_MISMATCH, OptionalLong.empty());
    }
    BinnedPair pair =
        BinnedPair.ordered(
            baseline,
            current,
            reference.column().layout().valueBins(),
            reference.column().standardDeviation());
    OptionalLong required =
        MinimumRows.required(
            pair.occupiedBins(),
            reference.dispersion().delta(),
            pair.baselineRows(),
            reference.tolerances().drifted(),
            settings.rule().minimumRows());
    return scored(reference, pair, required, settings);
  }

  private static ColumnAssessment scored(
      ColumnReference reference, BinnedPair pair, OptionalLong required, DriftSettings settings) {
    if (pair.currentRows() == 0) {
      return insufficient(Reason.NO_ROWS, required);
    }
    if (required.isEmpty()) {
      return insufficient(Reason.BASELINE_TOO_SMALL, required);
    }
    if (pair.currentRows() < required.getAsLong()) {
      return insufficient(Reason.TOO_FEW_ROWS, required);
    }
    return ColumnScores.of(reference, pair, settings.measures().verdict(), required)
        .<ColumnAssessment>map(Scorable::new)
        .orElseGet(() -> insufficient(Reason.NOT_DEFINED, required));
  }

  private static ColumnAssessment insufficient(Reason reason, OptionalLong required) {
    return new NotScorable(new ColumnVerdict.Insufficient(reason, required));
  }
}
