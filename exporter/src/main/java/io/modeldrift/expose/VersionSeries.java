package io.modeldrift.expose;

import io.modeldrift.evaluate.ColumnVerdict;
import io.modeldrift.evaluate.MeasureScore;
import io.modeldrift.evaluate.VersionReport;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.AgreementCounts;
import io.modeldrift.observe.LatencyQuantiles;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.VersionPair;
import io.modeldrift.observe.VersionSnapshot;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.PairedOutcomes;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.statistics.SequentialDifference;
import io.modeldrift.statistics.WilsonInterval;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a challenger compares with the version in charge. */
final class VersionSeries {

  private static final Family SCORE =
      Family.gauge(
          "model_feature_version_drift_score",
          "How far the challenger's outputs lie from the champion's in the window.");
  private static final Family THRESHOLD =
      Family.gauge(
          "model_feature_version_drift_threshold",
          "Score from which it is certain that the outputs of the versions differ this severely.");
  private static final Family STATE =
      Family.stateSet(
          "model_feature_version_drift_state",
          "State of the output after the last comparisons with the champion.");
  private static final Family PAIRS =
      Family.counter(
          "model_version_pairs",
          "Requests that both versions answered, by whether their outputs agree.");
  private static final Family AGREEMENT =
      Family.gauge(
          "model_version_agreement_ratio",
          "Share of the requests answered by both versions on whose output they agree.");
  private static final Family AGREEMENT_BOUND =
      Family.gauge(
          "model_version_agreement_bound_ratio", "95 % interval of the share of agreement.");
  private static final Family WAITING =
      Family.gauge("model_version_outputs_waiting", "Outputs that wait for the other version's.");
  private static final Family UNPAIRED =
      Family.counter(
          "model_version_outputs_unpaired", "Outputs that waited for the other version's in vain.");
  private static final Family LATENCY =
      Family.gauge(
          "model_version_latency_difference_seconds",
          "Latency of the challenger less the champion's, at a percentile of the window.");

  private static final Family PERFORMANCE =
      Family.gauge(
          "model_version_performance_difference",
          "Performance of the challenger less the champion's, from outcomes since the start.");
  private static final Family PERFORMANCE_BOUND =
      Family.gauge(
          "model_version_performance_difference_bound",
          "Interval of the difference that may be read at any time, as often as one likes.");
  private static final Family PERFORMANCE_P_VALUE =
      Family.gauge(
          "model_version_performance_pvalue",
          "Smallest probability so far of such a difference between versions that are alike.");

  private static final Family OUTCOME_PAIRS =
      Family.counter(
          "model_version_outcome_pairs",
          "Requests with a known outcome that both versions answered, by which was right.");
  private static final Family MCNEMAR =
      Family.gauge(
          "model_version_mcnemar",
          "McNemar's statistic of these, chi-square with one degree of freedom.");

  private static final String[] STATES =
      Arrays.stream(DriftState.values()).map(DriftState::label).toArray(String[]::new);

  private VersionSeries() {}

  static void addTo(SeriesBuffer buffer, List<ModelSnapshot> models, ExposedState state) {
    for (VersionSnapshot snapshot : state.versions()) {
      Labels labels = labels(snapshot.pair());
      addAgreement(buffer, labels, snapshot);
      addLatency(buffer, labels, snapshot.pair(), models);
    }
    for (VersionReport report : state.versionReports()) {
      Labels labels = labels(report.pair());
      addPaired(buffer, labels, report.paired());
      report
          .performance()
          .forEach((metric, difference) -> addPerformance(buffer, labels, metric, difference));
      for (VersionReport.InWindow window : report.windows()) {
        addWindow(buffer, labels, window);
      }
    }
  }

  private static Labels labels(VersionPair pair) {
    return SeriesCache.labels(pair.challenger())
        .merge(
            Labels.of(
                "reference_model", LabelValue.of(pair.champion().name()),
                "reference", LabelValue.of(pair.champion().version())));
  }

  private static void addPaired(SeriesBuffer buffer, Labels pair, PairedOutcomes paired) {
    if (paired.pairs() == 0) {
      return;
    }
    buffer.count(OUTCOME_PAIRS, pair.add("outcome", "both_right"), paired.bothRight());
    buffer.count(OUTCOME_PAIRS, pair.add("outcome", "only_champion"), paired.onlyFirst());
    buffer.count(OUTCOME_PAIRS, pair.add("outcome", "only_challenger"), paired.onlySecond());
    buffer.count(OUTCOME_PAIRS, pair.add("outcome", "both_wrong"), paired.bothWrong());
    paired.mcNemar().asOptional().ifPresent(value -> buffer.gauge(MCNEMAR, pair, value));
  }

  /** The champion stands first in the formula; a reader wants to know what the challenger gains. */
  private static void addPerformance(
      SeriesBuffer buffer, Labels pair, PerformanceMetric metric, SequentialDifference difference) {
    Labels labels = pair.add("metric", metric.label());
    buffer.gauge(PERFORMANCE, labels, -difference.difference());
    buffer.gauge(PERFORMANCE_BOUND, labels.add("bound", "lower"), -difference.upper());
    buffer.gauge(PERFORMANCE_BOUND, labels.add("bound", "upper"), -difference.lower());
    buffer.gauge(PERFORMANCE_P_VALUE, labels, difference.pValue());
  }

  private static void addWindow(SeriesBuffer buffer, Labels pair, VersionReport.InWindow window) {
    for (VersionReport.Output output : window.outputs()) {
      Labels labels =
          pair.merge(
              Labels.of(
                  "feature",
                  LabelValue.of(output.name()),
                  "role",
                  Role.OUTPUT.label(),
                  "window",
                  window.window().name()));
      buffer.state(STATE, labels, STATES, output.verdict().state().ordinal());
      if (output.verdict() instanceof ColumnVerdict.Scored scored) {
        scored.scores().forEach(score -> addScore(buffer, labels, score));
      }
    }
  }

  private static void addScore(SeriesBuffer buffer, Labels labels, MeasureScore score) {
    Labels measure = labels.add("measure", score.measure().label());
    buffer.gauge(SCORE, measure, score.driftScore());
    score
        .warningThreshold()
        .ifPresent(value -> buffer.gauge(THRESHOLD, measure.add("severity", "warning"), value));
    score
        .driftedThreshold()
        .ifPresent(value -> buffer.gauge(THRESHOLD, measure.add("severity", "drifted"), value));
  }

  /** Only outputs that the champion's baseline knows become labels. */
  private static void addAgreement(SeriesBuffer buffer, Labels pair, VersionSnapshot snapshot) {
    buffer.gauge(WAITING, pair, snapshot.waiting());
    buffer.count(UNPAIRED, pair, snapshot.unpaired());
    snapshot.columns().forEach(column -> addAgreement(buffer, pair, snapshot, column.name()));
  }

  private static void addAgreement(
      SeriesBuffer buffer, Labels pair, VersionSnapshot snapshot, String output) {
    Labels labels = pair.add("feature", LabelValue.of(output));
    AgreementCounts counts = snapshot.agreement().getOrDefault(output, new AgreementCounts(0, 0));
    buffer.count(PAIRS, labels.add("outcome", "agreeing"), counts.agreeing());
    buffer.count(PAIRS, labels.add("outcome", "differing"), counts.differing());
    if (counts.pairs() > 0) {
      WilsonInterval interval =
          WilsonInterval.of(counts.agreeing(), counts.pairs(), WilsonInterval.TWO_SIDED_95);
      buffer.gauge(AGREEMENT, labels, (double) counts.agreeing() / counts.pairs());
      buffer.gauge(AGREEMENT_BOUND, labels.add("bound", "lower"), interval.lower());
      buffer.gauge(AGREEMENT_BOUND, labels.add("bound", "upper"), interval.upper());
    }
  }

  private static void addLatency(
      SeriesBuffer buffer, Labels pair, VersionPair versions, List<ModelSnapshot> models) {
    Optional<LatencyQuantiles> champion = latency(models, versions.champion());
    Optional<LatencyQuantiles> challenger = latency(models, versions.challenger());
    if (champion.isEmpty() || challenger.isEmpty()) {
      return;
    }
    Labels labels = pair.add("window", champion.get().window());
    for (int i = 0; i < LatencyQuantiles.QUANTILES.size(); i++) {
      double percentile = Math.rint(LatencyQuantiles.QUANTILES.get(i) * 1000) / 10;
      buffer.gauge(
          LATENCY,
          labels.add("percentile", Numbers.shortest(percentile)),
          challenger.get().seconds().get(i) - champion.get().seconds().get(i));
    }
  }

  private static Optional<LatencyQuantiles> latency(List<ModelSnapshot> models, ModelKey key) {
    return models.stream()
        .filter(model -> model.model().equals(key))
        .map(model -> model.facts().latency().window())
        .filter(latency -> latency.count() > 0)
        .findFirst();
  }
}
