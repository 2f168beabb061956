package io.modeldrift.evaluate;

import io.modeldrift.statistics.Measure;
import io.modeldrift.statistics.Severity;
import java.util.OptionalDouble;

/**
 * One drift score with the thresholds and p-values that make it readable. A threshold or p-value is
 * absent where the measure has no null distribution for the column.
 *
 * @param measure what was measured
 * @param driftScore at least 0
 * @param warningThreshold score above which the column is surely beyond the tolerance of "warning"
 * @param driftedThreshold likewise for "drifted"
 * @param warningPValue probability of such a score at a true PSI equal to the tolerance of
 *     "warning"
 * @param driftedPValue likewise for "drifted"; but for rounding never below {@code warningPValue}
 */
public record MeasureScore(
    Measure measure,
    double driftScore,
    OptionalDouble warningThreshold,
    OptionalDouble driftedThreshold,
    OptionalDouble warningPValue,
    OptionalDouble driftedPValue) {

  /** Returns the threshold of a severity. */
  public OptionalDouble threshold(Severity severity) {
    return severity == Severity.WARNING ? warningThreshold : driftedThreshold;
  }

  /** Returns the p-value of a severity. */
  public OptionalDouble pValue(Severity severity) {
    return severity == Severity.WARNING ? warningPValue : driftedPValue;
  }
}
