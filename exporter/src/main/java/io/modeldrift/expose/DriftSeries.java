package io.modeldrift.expose;

import io.modeldrift.evaluate.ColumnReference;
import io.modeldrift.evaluate.ColumnReport;
import io.modeldrift.evaluate.ColumnVerdict;
import io.modeldrift.evaluate.MeasureScore;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.evaluate.PastReport;
import io.modeldrift.evaluate.WindowReport;
import io.modeldrift.observe.ViolationReason;
import io.modeldrift.statistics.Contribution;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.Severity;
import io.modeldrift.statistics.ShareCheck;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The gauges of one model's report: what this replica alone found out.
 *
 * <p>Made once per evaluation and reused by every scrape until the next one. Immutable and
 * thread-safe.
 */
final class DriftSeries {

  private static final Family TOLERANCE =
      Family.gauge(
          "model_feature_drift_tolerance", "PSI that is tolerated without counting as drift.");
  private static final Family IMPORTANCE =
      Family.gauge(
          "model_feature_importance", "Weight of the feature in the model's mean drift score.");
  private static final Family DISPERSION =
      Family.gauge(
          "model_feature_baseline_dispersion",
          "How much noisier the baseline's rows are than independent ones, at least 1.");
  private static final Family UNEVENNESS =
      Family.gauge(
          "model_feature_baseline_unevenness",
          "How unequally the bins share the extra noise, at least 1.");

  private static final Family SCORE =
      Family.gauge(
          "model_feature_drift_score", "How far the window lies from the baseline, by measure.");
  private static final Family THRESHOLD =
      Family.gauge(
          "model_feature_drift_threshold", "Drift score from which the severity is certain.");
  private static final Family P_VALUE =
      Family.gauge(
          "model_feature_drift_pvalue",
          "Probability of such a drift score if the true drift were just tolerated.");
  private static final Family STATE =
      Family.stateSet(
          "model_feature_drift_state", "State of the feature after the last evaluations.");
  private static final Family NOISE_FLOOR =
      Family.gauge("model_feature_noise_floor", "PSI that is expected without any drift.");
  private static final Family ROWS =
      Family.gauge("model_feature_window_rows", "Values of the feature in the window.");
  private static final Family REQUIRED_ROWS =
      Family.gauge("model_feature_required_rows", "Values that a verdict needs.");
  private static final Family INSUFFICIENT =
      Family.gauge("model_feature_insufficient", "1 when there is no verdict, with the reason.");
  private static final Family CONTRIBUTION =
      Family.gauge(
          "model_feature_drift_contribution",
          "PSI terms of the bins that moved most, negative where the share fell.");
  private static final Family VIOLATIONS =
      Family.gauge(
          "model_feature_violations_ratio", "Share of the window's values that broke the rule.");
  private static final Family VIOLATED =
      Family.gauge(
          "model_feature_violated",
          "1 when values surely break the rule more often than in the baseline, else 0.");

  private static final Family PAST_SCORE =
      Family.gauge(
          "model_feature_past_drift_score",
          "How far the window lies from earlier traffic: the window before it, or last season's.");
  private static final Family PAST_STATE =
      Family.stateSet(
          "model_feature_past_drift_state",
          "State of the feature in the latest comparison with earlier traffic.");

  private static final String[] STATES =
      Arrays.stream(DriftState.values()).map(DriftState::label).toArray(String[]::new);

  private final ModelReport.Compared report;
  private final BaselineSeries baseline;
  private final SeriesBuffer settings = new SeriesBuffer();
  private final SeriesBuffer gauges = new SeriesBuffer();

  DriftSeries(ModelReport.Compared report, BaselineSeries baseline) {
    this.report = report;
    this.baseline = baseline;
    for (int column = 0; column < report.columns().size(); column++) {
      addSettings(baseline.column(column), report.columns().get(column));
    }
    for (WindowReport window : report.windows()) {
      addWindow(window);
      window.past().forEach(past -> addPast(window, past));
      RollUpGauges.addTo(gauges, baseline.model(), window, STATES);
    }
  }

  /** Returns whether these series describe this very report; comparing contents is too slow. */
  @SuppressWarnings("ReferenceEquality")
  boolean describe(ModelReport other) {
    return report == other;
  }

  /** Returns gauges that change only with baseline or configuration. */
  SeriesBuffer settings() {
    return settings;
  }

  /** Returns gauges that change with every evaluation. */
  SeriesBuffer gauges() {
    return gauges;
  }

  private void addSettings(Labels labels, ColumnReference reference) {
    for (Severity severity : Severity.values()) {
      settings.gauge(
          TOLERANCE, labels.add("severity", severity.label()), reference.tolerances().of(severity));
    }
    settings.gauge(IMPORTANCE, labels, reference.importance());
    if (reference.dispersion().known()) {
      settings.gauge(DISPERSION, labels, reference.dispersion().delta());
      settings.gauge(UNEVENNESS, labels, reference.dispersion().unevenness());
    }
  }

  private void addWindow(WindowReport window) {
    List<ColumnReport> columns = window.columns();
    for (int index = 0; index < columns.size(); index++) {
      ColumnReport column = columns.get(index);
      Labels labels = baseline.column(index).add("window", window.window().name());
      gauges.gauge(ROWS, labels, column.rows());
      column.verdict().requiredRows().ifPresent(n -> gauges.gauge(REQUIRED_ROWS, labels, n));
      gauges.state(STATE, labels, STATES, column.verdict().state().ordinal());
      addVerdict(labels, column);
      addQuality(labels, column);
    }
  }

  private void addPast(WindowReport window, PastReport past) {
    for (int index = 0; index < past.columns().size(); index++) {
      ColumnVerdict verdict = past.columns().get(index);
      Labels labels =
          baseline
              .column(index)
              .add("window", window.window().name())
              .add("against", past.against().label());
      gauges.state(PAST_STATE, labels, STATES, verdict.state().ordinal());
      if (verdict instanceof ColumnVerdict.Scored scored) {
        Labels measure = labels.add("measure", scored.verdict().measure().label());
        gauges.gauge(PAST_SCORE, measure, scored.verdict().driftScore());
      }
    }
  }

  private void addVerdict(Labels labels, ColumnReport column) {
    if (column.verdict() instanceof ColumnVerdict.Insufficient insufficient) {
      gauges.gauge(INSUFFICIENT, labels.add("reason", insufficient.reason().label()), 1);
    } else if (column.verdict() instanceof ColumnVerdict.Scored scored) {
      gauges.gauge(NOISE_FLOOR, labels, scored.noiseFloor());
      scored.scores().forEach(score -> addScore(labels, score));
      for (Contribution contribution : scored.contributions()) {
        String bin = column.reference().column().layout().name(contribution.bin());
        gauges.gauge(CONTRIBUTION, labels.add("bin", LabelValue.of(bin)), contribution.signed());
      }
    }
  }

  private void addScore(Labels labels, MeasureScore score) {
    Labels measure = labels.add("measure", score.measure().label());
    gauges.gauge(SCORE, measure, score.driftScore());
    for (Severity severity : Severity.values()) {
      Labels both = measure.add("severity", severity.label());
      score.threshold(severity).ifPresent(value -> gauges.gauge(THRESHOLD, both, value));
      score.pValue(severity).ifPresent(value -> gauges.gauge(P_VALUE, both, value));
    }
  }

  private void addQuality(Labels labels, ColumnReport column) {
    for (Map.Entry<ViolationReason, ShareCheck> check : column.quality().shares().entrySet()) {
      Labels reason = labels.add("reason", check.getKey().label());
      gauges.gauge(VIOLATIONS, reason, check.getValue().share());
      gauges.gauge(VIOLATED, reason, check.getValue().violated() ? 1 : 0);
    }
    gauges.gauge(VIOLATED, labels.add("reason", "empty"), column.quality().empty() ? 1 : 0);
    gauges.gauge(VIOLATED, labels.add("reason", "constant"), column.quality().constant() ? 1 : 0);
  }
}
