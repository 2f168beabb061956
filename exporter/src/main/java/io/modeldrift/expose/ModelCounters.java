package io.modeldrift.expose;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.inference.SchemaProblem;
import io.modeldrift.observe.LatencyCounts;
import io.modeldrift.observe.LatencyQuantiles;
import io.modeldrift.observe.ModelFacts;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.ModelSnapshot.Learning;
import io.modeldrift.observe.ModelSnapshot.Ready;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;

/** The counters of every model version, and how far learning has come. */
final class ModelCounters {

  private static final Family INFERENCES =
      Family.counter("model_inferences", "Rows observed, learning included.");
  private static final Family PAYLOADS =
      Family.counter(
          "model_inference_payloads", "Payloads that held at least one row of the model.");
  private static final Family SCHEMA_VIOLATIONS =
      Family.counter(
          "model_schema_violations",
          "Rows or payloads whose shape was wrong in this way, understood all the same.");
  private static final Family VALUES =
      Family.counter(
          "model_feature_values",
          "Values of the feature that fell in the bin since the baseline came into force.");
  private static final Family VIOLATIONS =
      Family.counter(
          "model_feature_violations",
          "Values of the feature that broke the rule since the baseline came into force.");
  private static final Family OUTLIER_ROWS =
      Family.counter(
          "model_outlier_rows",
          "Rows with an outlier score above the 99th percentile of the baseline.");
  private static final Family LAST_INFERENCE =
      Family.gauge(
          "model_last_inference_timestamp_seconds",
          "When the newest payload of the model was observed, in seconds since the epoch.");
  private static final Family DURATION =
      Family.histogram(
          "model_inference_duration_seconds",
          "Time from request to response, where both were mirrored with their times.");
  private static final Family LATENCY =
      Family.summary(
          "model_inference_latency_seconds",
          "Quantiles of the time from request to response in the window.");
  private static final Family LATENCY_OUT_OF_RANGE =
      Family.counter(
          "model_inference_latency_out_of_range",
          "Answers before their request, counted as 0, or after more than ten minutes, counted as"
              + " that.");
  private static final Family STAGE =
      Family.gauge(
          "model_drift_exporter_model_stage",
          "1 for the stage that the model is in: learning its baseline from traffic, or ready.");
  private static final Family LEARNED =
      Family.gauge(
          "model_drift_exporter_learned_rows", "Rows that the baseline was learned from so far.");
  private static final Family LEARNING_TARGET =
      Family.gauge(
          "model_drift_exporter_learning_target_rows",
          "Rows from which the baseline will be made.");

  private final SeriesCache cache;

  ModelCounters(SeriesCache cache) {
    this.cache = cache;
  }

  /** Adds the series of all models. */
  void addTo(SeriesBuffer buffer, List<ModelSnapshot> models) {
    for (ModelSnapshot model : models) {
      addFacts(buffer, model.facts());
      addStage(buffer, model);
      if (model instanceof Ready ready) {
        addCounts(buffer, ready);
      }
    }
  }

  private static void addFacts(SeriesBuffer buffer, ModelFacts facts) {
    Labels labels = SeriesCache.labels(facts.model());
    buffer.count(INFERENCES, labels, facts.rows());
    for (Map.Entry<String, Long> payloads : facts.payloads().entrySet()) {
      buffer.count(PAYLOADS, labels.add("protocol", payloads.getKey()), payloads.getValue());
    }
    for (Map.Entry<SchemaProblem, Long> problem : facts.schemaProblems().entrySet()) {
      buffer.count(
          SCHEMA_VIOLATIONS, labels.add("reason", problem.getKey().label()), problem.getValue());
    }
    buffer.histogram(
        DURATION,
        labels,
        LatencyCounts.BOUNDS,
        facts.latency().counts(),
        facts.latency().seconds());
    addLatency(buffer, labels, facts.latency());
    if (facts.rows() > 0) {
      buffer.timestamp(LAST_INFERENCE, labels, facts.lastSeen());
    }
  }

  private static void addLatency(SeriesBuffer buffer, Labels labels, LatencyCounts latency) {
    buffer.count(LATENCY_OUT_OF_RANGE, labels.add("reason", "negative"), latency.negative());
    buffer.count(LATENCY_OUT_OF_RANGE, labels.add("reason", "too_long"), latency.tooLong());
    Labels window = labels.add("window", latency.window().window());
    buffer.quantiles(LATENCY, window, LatencyQuantiles.QUANTILES, latency.window().seconds());
  }

  private static void addStage(SeriesBuffer buffer, ModelSnapshot model) {
    Labels labels = SeriesCache.labels(model.model());
    boolean ready = model instanceof Ready;
    buffer.gauge(STAGE, labels.add("stage", "learning"), ready ? 0 : 1);
    buffer.gauge(STAGE, labels.add("stage", "ready"), ready ? 1 : 0);
    if (model instanceof Learning learning) {
      buffer.gauge(LEARNED, labels, learning.learned());
      buffer.gauge(LEARNING_TARGET, labels, learning.target());
    }
  }

  private void addCounts(SeriesBuffer buffer, Ready ready) {
    BaselineSeries series = cache.of(ready);
    for (BaselineSeries.Bin bin : series.bins()) {
      long count = ready.columns().get(bin.column()).count(bin.bin());
      buffer.count(VALUES, bin.labels(), count, ready.loaded());
    }
    for (BaselineSeries.Rule rule : series.rules()) {
      long count = ready.violations().get(rule.column()).count(rule.reason());
      buffer.count(VIOLATIONS, rule.labels(), count, ready.loaded());
    }
    OutlierScore.in(ready.baseline())
        .ifPresent(
            score ->
                buffer.count(
                    OUTLIER_ROWS,
                    SeriesCache.labels(ready.model()),
                    outlierRows(ready, score),
                    ready.loaded()));
  }

  private static long outlierRows(Ready ready, BaselineColumn score) {
    BinnedCounts counts = ready.columns().get(ready.baseline().columns().indexOf(score));
    long rows = 0;
    for (int bin = OutlierScore.firstOutlierBin(score); bin < score.layout().valueBins(); bin++) {
      rows += counts.count(bin);
    }
    return rows;
  }
}
