package io.modeldrift.expose;

import io.modeldrift.evaluate.FairnessReport;
import io.modeldrift.evaluate.PerformanceEstimate;
import io.modeldrift.evaluate.TruthReport;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.statistics.ExpectedCounts;
import io.modeldrift.statistics.GroupRate;
import io.modeldrift.truth.DetectorReading;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Locale;

/** How good predictions were, as this replica sees it. */
final class TruthGauges {

  private static final Family PERFORMANCE =
      Family.gauge(
          "model_performance", "How good the predictions with ground truth were, by metric.");
  private static final Family ERROR =
      Family.gauge("model_performance_error", "Standard error of the metric.");
  private static final Family ROWS =
      Family.gauge("model_performance_rows", "Predictions with ground truth in the window.");
  private static final Family BASELINE =
      Family.gauge(
          "model_performance_baseline", "How good the model was on the rows of its baseline.");
  private static final Family ESTIMATE_OF =
      Family.gauge(
          "model_performance_estimate",
          "What the metric should be, told from the model's scores without ground truth.");
  private static final Family ESTIMATE_BOUND =
      Family.gauge("model_performance_estimate_bound", "Ends of the estimate's band.");
  private static final Family NOT_ESTIMATED =
      Family.gauge(
          "model_performance_not_estimated", "1 when there is no estimate, with the reason.");
  private static final Family CONTRADICTED =
      Family.gauge(
          "model_performance_estimate_contradicted",
          "1 when ground truth contradicts the estimate, else 0: then do not trust it.");
  private static final Family REWEIGHTED =
      Family.gauge(
          "model_performance_reweighted",
          "Baseline's accuracy or mean error under the present mix of the attribute's segments.");
  private static final Family FAIRNESS =
      Family.gauge(
          "model_fairness", "How differently groups are treated; 0, for the ratio 1, is alike.");
  private static final Family VIOLATED =
      Family.gauge(
          "model_fairness_violated",
          "1 when groups are surely treated more differently than tolerated, else 0.");
  private static final Family RATE =
      Family.gauge("model_fairness_rate", "Share of a group that is large enough.");
  private static final Family RATE_BOUND =
      Family.gauge("model_fairness_rate_bound", "Ends of the share's 95 % interval.");
  private static final Family DIFFERENCE =
      Family.gauge(
          "model_fairness_difference", "Share of a group less that of the reference group.");
  private static final Family DIFFERENCE_BOUND =
      Family.gauge("model_fairness_difference_bound", "Ends of the difference's 95 % interval.");
  private static final Family GROUP_ROWS =
      Family.gauge("model_fairness_rows", "Predictions of the group in the window.");
  private static final Family DETECTIONS =
      Family.counter(
          "model_concept_drift_detections", "Changes that a detector found in the errors.");
  private static final Family STATE =
      Family.gauge(
          "model_concept_drift_state",
          "-1 while it learns, 0 stable, 1 warning, 2 for a while after a change was found.");
  private static final Family ESTIMATE =
      Family.gauge("model_concept_drift_estimate", "Mean loss since the last change found.");
  private static final Family LAST =
      Family.gauge(
          "model_concept_drift_last_detection_timestamp_seconds",
          "When a change was found last, in seconds since the epoch.");

  private TruthGauges() {}

  static void addTo(SeriesBuffer buffer, TruthReport report) {
    for (TruthReport.OfModel model : report.models()) {
      model
          .baseline()
          .forEach((segment, found) -> addBaseline(buffer, model.model(), segment, found));
      for (TruthReport.InWindow window : model.windows()) {
        Labels labels = SeriesCache.labels(model.model()).add("window", window.window().name());
        window
            .segments()
            .forEach(
                (segment, performance) ->
                    addPerformance(
                        buffer, labels.add("segment", LabelValue.of(segment)), performance));
        window
            .reweighted()
            .forEach(
                (column, value) ->
                    buffer.gauge(
                        REWEIGHTED, labels.add("attribute", LabelValue.of(column)), value));
        window.estimate().ifPresent(estimate -> addEstimate(buffer, labels, estimate));
        window
            .fairness()
            .forEach(
                (attribute, fairness) ->
                    addFairness(
                        buffer, labels.add("attribute", LabelValue.of(attribute)), fairness));
      }
    }
  }

  private static void addBaseline(
      SeriesBuffer buffer, ModelKey model, String segment, TruthReport.Performance baseline) {
    Labels labels = SeriesCache.labels(model).add("segment", LabelValue.of(segment));
    baseline
        .metrics()
        .forEach(
            (metric, estimate) ->
                estimate
                    .value()
                    .asOptional()
                    .ifPresent(
                        v -> buffer.gauge(BASELINE, labels.add("metric", metric.label()), v)));
  }

  private static void addEstimate(
      SeriesBuffer buffer, Labels labels, PerformanceEstimate estimate) {
    if (!estimate.reason().isEmpty()) {
      buffer.gauge(NOT_ESTIMATED, labels.add("reason", estimate.reason()), 1);
      return;
    }
    buffer.gauge(CONTRADICTED, labels, estimate.contradicted() ? 1 : 0);
    estimate
        .metrics()
        .forEach(
            (metric, found) -> {
              Labels of = labels.add("metric", metric.label());
              double value = found.value().asOptional().orElse(Double.NaN);
              double band =
                  ExpectedCounts.BAND * found.standardError().asOptional().orElse(Double.NaN);
              buffer.gauge(ESTIMATE_OF, of, value);
              buffer.gauge(ESTIMATE_BOUND, of.add("bound", "lower"), value - band);
              buffer.gauge(ESTIMATE_BOUND, of.add("bound", "upper"), value + band);
            });
  }

  private static void addPerformance(
      SeriesBuffer buffer, Labels labels, TruthReport.Performance performance) {
    buffer.gauge(ROWS, labels, performance.rows());
    performance
        .metrics()
        .forEach(
            (metric, estimate) -> {
              Labels ofMetric = labels.add("metric", metric.label());
              estimate.value().asOptional().ifPresent(v -> buffer.gauge(PERFORMANCE, ofMetric, v));
              estimate
                  .standardError()
                  .asOptional()
                  .ifPresent(e -> buffer.gauge(ERROR, ofMetric, e));
            });
  }

  private static void addFairness(SeriesBuffer buffer, Labels labels, FairnessReport fairness) {
    fairness
        .metrics()
        .forEach((metric, value) -> buffer.gauge(FAIRNESS, labels.add("metric", metric), value));
    fairness
        .violated()
        .forEach(
            (rate, violated) ->
                buffer.gauge(VIOLATED, labels.add("rate", label(rate)), violated ? 1 : 0));
    fairness
        .rows()
        .forEach(
            (group, rows) ->
                buffer.gauge(GROUP_ROWS, labels.add("group", LabelValue.of(group)), rows));
    for (FairnessReport.Rate rate : fairness.rates()) {
      Labels of = ofGroup(labels, rate.group(), rate.rate());
      buffer.gauge(RATE, of, rate.value());
      buffer.gauge(RATE_BOUND, of.add("bound", "lower"), rate.lower());
      buffer.gauge(RATE_BOUND, of.add("bound", "upper"), rate.upper());
    }
    for (FairnessReport.Difference difference : fairness.differences()) {
      Labels of = ofGroup(labels, difference.group(), difference.rate());
      buffer.gauge(DIFFERENCE, of, difference.value());
      buffer.gauge(DIFFERENCE_BOUND, of.add("bound", "lower"), difference.lower());
      buffer.gauge(DIFFERENCE_BOUND, of.add("bound", "upper"), difference.upper());
    }
  }

  private static Labels ofGroup(Labels labels, String group, GroupRate rate) {
    return labels.merge(Labels.of("group", LabelValue.of(group), "rate", label(rate)));
  }

  private static String label(GroupRate rate) {
    return rate.name().toLowerCase(Locale.ROOT);
  }

  static void addDetectors(SeriesBuffer buffer, Labels model, List<DetectorReading> readings) {
    for (DetectorReading reading : readings) {
      Labels labels = model.add("detector", reading.detector().label());
      buffer.count(DETECTIONS, labels, reading.detections());
      buffer.gauge(STATE, labels, (long) reading.state().ordinal() - 1);
      reading.estimate().asOptional().ifPresent(mean -> buffer.gauge(ESTIMATE, labels, mean));
      reading.last().ifPresent(time -> buffer.timestamp(LAST, labels, time));
    }
  }
}
