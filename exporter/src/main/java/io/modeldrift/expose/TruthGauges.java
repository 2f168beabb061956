package io.modeldrift.expose;

import io.modeldrift.evaluate.FairnessReport;
import io.modeldrift.evaluate.PerformanceEstimate;
import io.modeldrift.evaluate.TruthReport;
import io.modeldrift.evaluate.TruthReport.Performance;
import io.modeldrift.statistics.Estimate;
import io.modeldrift.statistics.ExpectedCounts;
import io.modeldrift.statistics.GroupRate;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.statistics.Result;
import io.modeldrift.truth.DetectorReading;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
      Labels labels = SeriesCache.labels(model.model());
      for (Map.Entry<String, Performance> segment : model.baseline().entrySet()) {
        addBaseline(buffer, ofSegment(labels, segment.getKey()), segment.getValue());
      }
      for (TruthReport.InWindow window : model.windows()) {
        addWindow(buffer, labels.add("window", window.window().name()), window);
      }
    }
  }

  private static void addBaseline(SeriesBuffer buffer, Labels labels, Performance baseline) {
    for (Map.Entry<PerformanceMetric, Estimate> metric : baseline.metrics().entrySet()) {
      Labels ofMetric = ofMetric(labels, metric.getKey());
      buffer.gauge(BASELINE, ofMetric, orNan(metric.getValue().value()));
    }
  }

  private static void addWindow(SeriesBuffer buffer, Labels labels, TruthReport.InWindow window) {
    for (Map.Entry<String, Performance> segment : window.segments().entrySet()) {
      addPerformance(buffer, ofSegment(labels, segment.getKey()), segment.getValue());
    }
    for (Map.Entry<String, Double> column : window.reweighted().entrySet()) {
      buffer.gauge(REWEIGHTED, ofAttribute(labels, column.getKey()), column.getValue());
    }
    window.estimate().ifPresent(estimate -> addEstimate(buffer, labels, estimate));
    for (Map.Entry<String, FairnessReport> attribute : window.fairness().entrySet()) {
      addFairness(buffer, ofAttribute(labels, attribute.getKey()), attribute.getValue());
    }
  }

  private static void addPerformance(SeriesBuffer buffer, Labels labels, Performance performance) {
    buffer.gauge(ROWS, labels, performance.rows());
    for (Map.Entry<PerformanceMetric, Estimate> metric : performance.metrics().entrySet()) {
      Labels ofMetric = ofMetric(labels, metric.getKey());
      buffer.gauge(PERFORMANCE, ofMetric, orNan(metric.getValue().value()));
      buffer.gauge(ERROR, ofMetric, orNan(metric.getValue().standardError()));
    }
  }

  private static void addEstimate(
      SeriesBuffer buffer, Labels labels, PerformanceEstimate estimate) {
    if (!estimate.reason().isEmpty()) {
      buffer.gauge(NOT_ESTIMATED, labels.add("reason", estimate.reason()), 1);
      return;
    }
    buffer.gauge(CONTRADICTED, labels, estimate.contradicted() ? 1 : 0);
    for (Map.Entry<PerformanceMetric, Estimate> metric : estimate.metrics().entrySet()) {
      Labels ofMetric = ofMetric(labels, metric.getKey());
      double value = orNan(metric.getValue().value());
      double band = ExpectedCounts.BAND * orNan(metric.getValue().standardError());
      buffer.gauge(ESTIMATE_OF, ofMetric, value);
      buffer.gauge(ESTIMATE_BOUND, ofMetric.add("bound", "lower"), value - band);
      buffer.gauge(ESTIMATE_BOUND, ofMetric.add("bound", "upper"), value + band);
    }
  }

  private static void addFairness(SeriesBuffer buffer, Labels labels, FairnessReport fairness) {
    for (Map.Entry<String, Double> metric : fairness.metrics().entrySet()) {
      buffer.gauge(FAIRNESS, labels.add("metric", metric.getKey()), metric.getValue());
    }
    for (Map.Entry<GroupRate, Boolean> rate : fairness.violated().entrySet()) {
      Labels ofRate = labels.add("rate", label(rate.getKey()));
      buffer.gauge(VIOLATED, ofRate, rate.getValue() ? 1 : 0);
    }
    for (Map.Entry<String, Long> group : fairness.rows().entrySet()) {
      Labels ofGroup = labels.add("group", LabelValue.of(group.getKey()));
      buffer.gauge(GROUP_ROWS, ofGroup, group.getValue());
    }
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

  private static Labels ofSegment(Labels labels, String segment) {
    return labels.add("segment", LabelValue.of(segment));
  }

  private static Labels ofAttribute(Labels labels, String attribute) {
    return labels.add("attribute", LabelValue.of(attribute));
  }

  private static Labels ofMetric(Labels labels, PerformanceMetric metric) {
    return labels.add("metric", metric.label());
  }

  /** Nothing is published for NaN. */
  private static double orNan(Result result) {
    return result.asOptional().orElse(Double.NaN);
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
