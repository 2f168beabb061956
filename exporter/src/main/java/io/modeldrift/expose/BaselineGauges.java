package io.modeldrift.expose;

import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.ModelSnapshot.Ready;
import java.util.List;

/** What baselines and settings say: series that change only when one of them does. */
final class BaselineGauges {

  private static final Family LOADED =
      Family.gauge(
          "model_baseline_loaded_timestamp_seconds",
          "When the baseline came into force, in seconds since the epoch.");

  private final SeriesCache cache;

  BaselineGauges(SeriesCache cache) {
    this.cache = cache;
  }

  /** Adds the series of all models that have a baseline. */
  void addTo(SeriesBuffer buffer, List<ModelSnapshot> models, DriftReport report) {
    for (ModelSnapshot model : models) {
      if (model instanceof Ready ready) {
        BaselineSeries series = cache.of(ready);
        buffer.addAll(series.gauges());
        buffer.timestamp(LOADED, series.model(), ready.loaded());
        cache.of(ready, report).ifPresent(drift -> buffer.addAll(drift.settings()));
      }
    }
  }
}
