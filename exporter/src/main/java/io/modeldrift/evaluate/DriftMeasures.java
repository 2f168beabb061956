package io.modeldrift.evaluate;

import io.modeldrift.statistics.Measure;
import java.util.List;

/**
 * Which measures a model's columns are scored with.
 *
 * @param numeric drift scores to publish for numeric columns
 * @param categorical drift scores to publish for categorical columns; none that needs order
 * @param verdict the measure that decides; scored even if not listed
 */
public record DriftMeasures(List<Measure> numeric, List<Measure> categorical, Measure verdict) {

  private static final DriftMeasures DEFAULT =
      new DriftMeasures(
          List.of(Measure.PSI, Measure.WASSERSTEIN, Measure.KS),
          List.of(Measure.PSI, Measure.JS_DISTANCE, Measure.L_INFINITY),
          Measure.PSI);

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a measure for categorical columns needs order
   */
  public DriftMeasures {
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
    for (Measure measure : categorical) {
      if (measure.needsOrder()) {
        throw new IllegalArgumentException(
            "measure " + measure.label() + " needs order and cannot score categorical columns");
      }
    }
  }

  /** Returns PSI for the verdict, and beside it three measures for each kind of column. */
  public static DriftMeasures withDefaults() {
    return DEFAULT;
  }
}
