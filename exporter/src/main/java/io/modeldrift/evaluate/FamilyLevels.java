package io.modeldrift.evaluate;

import io.modeldrift.statistics.Severity;
import java.util.List;

/**
 * The probability of a false alarm that the family leaves to each of its columns ({@code α*}), per
 * severity.
 */
record FamilyLevels(double warning, double drifted) {

  static FamilyLevels of(List<ColumnScores> columns, DriftSettings settings) {
    return new FamilyLevels(
        level(columns, settings, Severity.WARNING), level(columns, settings, Severity.DRIFTED));
  }

  private static double level(
      List<ColumnScores> columns, DriftSettings settings, Severity severity) {
    double[] pValues = new double[columns.size()];
    for (int i = 0; i < pValues.length; i++) {
      pValues[i] = columns.get(i).pValue(severity);
    }
    return settings.rule().correction().effectiveLevel(pValues, settings.rule().alpha());
  }
}
