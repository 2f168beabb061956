package io.modeldrift.evaluate;

import io.modeldrift.statistics.Correction;
import io.modeldrift.statistics.Measure;
import io.modeldrift.statistics.VotingRule;
import java.util.List;
import java.util.Map;

/**
 * How the drift of one model is judged.
 *
 * @param numericMeasures drift scores to publish for numeric columns
 * @param categoricalMeasures drift scores to publish for categorical columns; none that needs order
 * @param verdictMeasure the measure that decides; scored even if not listed
 * @param tolerances tolerated PSI per severity
 * @param confidence probability, in [0.9, 0.9999], with which a flagged column's true PSI is above
 *     the tolerance
 * @param correction how the columns of a family share the probability of a false alarm
 * @param votes how much repeated evidence changes a state
 * @param minimumRows fewest rows of a window for a verdict, at least 30
 * @param qualityTolerance how much larger than the baseline's a share of bad values may be, in [0,
 *     1)
 * @param driftedShare share of drifted columns from which the model is drifted, in (0, 1]
 * @param contributions how many bins of a drifted column are named, at least 0
 * @param past which earlier traffic windows are compared with, besides the baseline
 * @param columns what differs for single columns, by their name
 */
public record DriftSettings(
    List<Measure> numericMeasures,
    List<Measure> categoricalMeasures,
    Measure verdictMeasure,
    Tolerances tolerances,
    double confidence,
    Correction correction,
    VotingRule votes,
    long minimumRows,
    double qualityTolerance,
    double driftedShare,
    int contributions,
    PastSettings past,
    Map<String, ColumnDriftSettings> columns) {

  private static final DriftSettings DEFAULT =
      new DriftSettings(
          List.of(Measure.PSI, Measure.WASSERSTEIN, Measure.KS),
          List.of(Measure.PSI, Measure.JS_DISTANCE, Measure.L_INFINITY),
          Measure.PSI,
          Tolerances.withDefaults(),
          0.99,
          Correction.BENJAMINI_HOCHBERG,
          VotingRule.withDefaults(),
          100,
          0.01,
          0.3,
          3,
          PastSettings.none(),
          Map.of());

  /** Copies the collections and checks the ranges; NaN is refused too. */
  public DriftSettings {
    numericMeasures = List.copyOf(numericMeasures);
    categoricalMeasures = List.copyOf(categoricalMeasures);
    columns = Map.copyOf(columns);
    for (Measure measure : categoricalMeasures) {
      require(
          !measure.needsOrder(),
          "measure " + measure.label() + " needs order and cannot score categorical columns");
    }
    require(confidence >= 0.9 && confidence <= 0.9999, "confidence", confidence, "[0.9, 0.9999]");
    require(minimumRows >= 30, "minimum rows " + minimumRows + " are fewer than 30");
    require(
        qualityTolerance >= 0 && qualityTolerance < 1,
        "quality tolerance",
        qualityTolerance,
        "[0, 1)");
    require(driftedShare > 0 && driftedShare <= 1, "drifted share", driftedShare, "(0, 1]");
    require(contributions >= 0, "contributions " + contributions + " is negative");
  }

  /** Returns the defaults, which suit most models. */
  public static DriftSettings withDefaults() {
    return DEFAULT;
  }

  /** Returns a copy with other tolerances. */
  public DriftSettings withTolerances(Tolerances other) {
    return new DriftSettings(
        numericMeasures,
        categoricalMeasures,
        verdictMeasure,
        other,
        confidence,
        correction,
        votes,
        minimumRows,
        qualityTolerance,
        driftedShare,
        contributions,
        past,
        columns);
  }

  /** Returns a copy with other measures. */
  public DriftSettings withMeasures(List<Measure> numeric, List<Measure> categorical) {
    return new DriftSettings(
        numeric,
        categorical,
        verdictMeasure,
        tolerances,
        confidence,
        correction,
        votes,
        minimumRows,
        qualityTolerance,
        driftedShare,
        contributions,
        past,
        columns);
  }

  /** Returns a copy that compares windows with other earlier traffic. */
  public DriftSettings withPast(PastSettings other) {
    return new DriftSettings(
        numericMeasures,
        categoricalMeasures,
        verdictMeasure,
        tolerances,
        confidence,
        correction,
        votes,
        minimumRows,
        qualityTolerance,
        driftedShare,
        contributions,
        other,
        columns);
  }

  /** Returns a copy with another rule on repeated evidence. */
  public DriftSettings withVotes(VotingRule other) {
    return new DriftSettings(
        numericMeasures,
        categoricalMeasures,
        verdictMeasure,
        tolerances,
        confidence,
        correction,
        other,
        minimumRows,
        qualityTolerance,
        driftedShare,
        contributions,
        past,
        columns);
  }

  /** Returns a copy with other exceptions for single columns. */
  public DriftSettings withColumns(Map<String, ColumnDriftSettings> other) {
    return new DriftSettings(
        numericMeasures,
        categoricalMeasures,
        verdictMeasure,
        tolerances,
        confidence,
        correction,
        votes,
        minimumRows,
        qualityTolerance,
        driftedShare,
        contributions,
        past,
        other);
  }

  /** Returns the exceptions of a column; none if it has none. */
  ColumnDriftSettings column(String name) {
    return columns.getOrDefault(name, ColumnDriftSettings.none());
  }

  /** Returns the probability of a false alarm, {@code 1 − confidence}. */
  double alpha() {
    return 1 - confidence;
  }

  private static void require(boolean holds, String name, double value, String range) {
    require(holds, name + " " + value + " is not in " + range);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
