package io.modeldrift.expose;

import io.modeldrift.evaluate.FamilyReport;
import io.modeldrift.evaluate.WindowReport;
import io.modeldrift.statistics.RollUp;
import io.prometheus.metrics.model.snapshots.Labels;

/** The drift of a whole model in a few numbers per window. */
final class RollUpGauges {

  private static final Family STATE =
      Family.stateSet("model_drift_state", "State of the model: the worst of its roles.");
  private static final Family ROWS =
      Family.gauge("model_window_rows", "Rows of the model in the window.");
  private static final Family COVERED =
      Family.gauge(
          "model_window_covered_seconds",
          "How much of the window's span lies after the start of counting.");
  private static final Family SCORE =
      Family.gauge(
          "model_drift_score",
          "Mean of the features' PSI less their noise floors, weighted by importance.");
  private static final Family DRIFTED =
      Family.gauge(
          "model_drifted_features_ratio", "Share of the features with a verdict that drifted.");
  private static final Family WARNED =
      Family.gauge(
          "model_warned_features_ratio",
          "Share of the features with a verdict in state warning or drifted.");

  private RollUpGauges() {}

  static void addTo(SeriesBuffer gauges, Labels model, WindowReport window, String[] states) {
    Labels labels = model.add("window", window.window().name());
    gauges.state(STATE, labels, states, window.state().ordinal());
    gauges.gauge(ROWS, labels, window.rows());
    gauges.gauge(COVERED, labels, window.covered().toMillis() / 1000.0);
    for (FamilyReport family : window.families()) {
      Labels role = labels.add("role", family.role().label());
      family.rollUp().ifPresent(rollUp -> addRollUp(gauges, role, rollUp));
    }
  }

  private static void addRollUp(SeriesBuffer gauges, Labels role, RollUp rollUp) {
    gauges.gauge(DRIFTED, role, rollUp.driftedShare());
    gauges.gauge(WARNED, role, rollUp.warningOrDriftedShare());
    rollUp
        .weightedMeanDrift()
        .asOptional()
        .ifPresent(mean -> gauges.gauge(SCORE, role.add("measure", "psi"), mean));
  }
}
