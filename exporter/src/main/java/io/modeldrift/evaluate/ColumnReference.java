package io.modeldrift.evaluate;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.statistics.Dispersion;
import io.modeldrift.statistics.Measure;
import io.modeldrift.statistics.WassersteinNull;
import java.util.List;

/**
 * What every evaluation of a column needs and only a new baseline or new settings change.
 *
 * @param column the baseline's column
 * @param dispersion how dependent the baseline's rows are
 * @param wassersteinNull what the Wasserstein distance reads without drift
 * @param measures drift scores to publish, in their configured order
 * @param tolerances tolerated PSI per severity
 * @param importance weight in the model's score, at least 0
 */
public record ColumnReference(
    BaselineColumn column,
    Dispersion dispersion,
    WassersteinNull wassersteinNull,
    List<Measure> measures,
    Tolerances tolerances,
    double importance) {

  /** Returns the reference of a baseline column under these settings. */
  static ColumnReference of(BaselineColumn column, DriftSettings settings) {
    ColumnDriftSettings exceptions = settings.column(column.name());
    List<Measure> byKind =
        column.isNumeric() ? settings.measures().numeric() : settings.measures().categorical();
    return new ColumnReference(
        column,
        Dispersion.of(column.chunks()),
        WassersteinNull.of(
            column.counts(),
            column.layout().valueBins(),
            column.standardDeviation(),
            column.chunks()),
        exceptions.measures().orElse(byKind),
        exceptions.tolerances().orElse(settings.rule().tolerances()),
        exceptions.importance().orElse(column.importance()));
  }

  /**
   * Returns the reference of other rows that stand for the baseline: they depend on one another as
   * the baseline's do.
   */
  ColumnReference withCounts(BinnedCounts counts) {
    return new ColumnReference(
        new BaselineColumn(
            column.name(),
            column.role(),
            column.layout(),
            counts,
            column.mean(),
            column.standardDeviation(),
            List.of(),
            column.importance()),
        dispersion,
        wassersteinNull,
        measures,
        tolerances,
        importance);
  }
}
