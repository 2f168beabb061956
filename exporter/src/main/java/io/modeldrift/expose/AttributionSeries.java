package io.modeldrift.expose;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.evaluate.AttributionReport;
import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.AttributionSnapshot;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.ModelSnapshot.Ready;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/** What predictions owe to their inputs, of models whose traffic says so. */
final class AttributionSeries {

  private static final Family ROWS =
      Family.counter("model_attributed_rows", "Predictions that came with attributions.");
  private static final Family VALUES =
      Family.counter(
          "model_feature_attributions", "Attributions to the feature that came with predictions.");
  private static final Family ABSOLUTE =
      Family.counter(
          "model_feature_attribution_absolute",
          "Sum of the sizes of the attributions to the feature, in the model's own unit.");
  private static final Family NDCG =
      Family.gauge(
          "model_attribution_ndcg",
          "Whether the features still matter in the baseline's order; 1 while they do.");
  private static final Family DISTANCE =
      Family.gauge(
          "model_attribution_distance_ratio",
          "Part of all attribution that has moved to other features than in the baseline.");

  private AttributionSeries() {}

  static void addTo(
      SeriesBuffer buffer,
      List<ModelSnapshot> models,
      List<AttributionSnapshot> attributions,
      DriftReport report) {
    for (AttributionSnapshot attribution : attributions) {
      models.stream()
          .filter(model -> model.model().equals(attribution.model()))
          .forEach(model -> add(buffer, model, attribution, report));
    }
  }

  private static void add(
      SeriesBuffer buffer,
      ModelSnapshot model,
      AttributionSnapshot attribution,
      DriftReport report) {
    Labels labels = SeriesCache.labels(model.model());
    buffer.count(ROWS, labels, attribution.total().rows());
    if (model instanceof Ready ready) {
      ready.baseline().columns().stream()
          .filter(column -> column.role() == Role.INPUT)
          .forEach(column -> addFeature(buffer, labels, column, attribution));
    }
    if (report.model(model.model()).orElse(null) instanceof ModelReport.Compared compared) {
      for (AttributionReport window : AttributionReport.of(compared, attribution)) {
        Labels inWindow = labels.add("window", window.window().name());
        window.drift().ndcg().asOptional().ifPresent(value -> buffer.gauge(NDCG, inWindow, value));
        window
            .drift()
            .shareDistance()
            .asOptional()
            .ifPresent(value -> buffer.gauge(DISTANCE, inWindow, value));
      }
    }
  }

  /** Only names that the baseline knows become labels: any other is not ours to show. */
  private static void addFeature(
      SeriesBuffer buffer, Labels model, BaselineColumn column, AttributionSnapshot attribution) {
    String name = column.name();
    Labels labels = model.add("feature", LabelValue.of(name));
    buffer.count(VALUES, labels, attribution.total().counts().getOrDefault(name, 0L));
    buffer.sum(ABSOLUTE, labels, attribution.total().sums().getOrDefault(name, 0.0));
  }
}
