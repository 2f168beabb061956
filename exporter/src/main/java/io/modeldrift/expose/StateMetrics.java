package io.modeldrift.expose;

import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.observe.ModelSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/**
 * All metrics that come from the exporter's state, read once per scrape.
 *
 * <p>Each group of families is a class with an {@code addTo}; a new group is one more of them here.
 * Thread-safe. Takes time linear in the number of series, which baselines and caps bound.
 */
final class StateMetrics {

  /** Which part of the state a scrape asks for. */
  enum Scope {
    ALL,
    /** Only what changes when a baseline does. */
    BASELINE,
    ALL_BUT_BASELINE,
    /** Only what changes when a model is evaluated, or a baseline does. */
    LASTING
  }

  private final ExposedState state;
  private final SeriesCache cache = new SeriesCache();
  private final LastingFamilies lasting = new LastingFamilies();
  private final ModelCounters counters;
  private final BaselineGauges baselines;

  StateMetrics(ExposedState state) {
    this.state = state;
    this.counters = new ModelCounters(cache);
    this.baselines = new BaselineGauges(cache);
  }

  /** Returns the families of this scope. */
  MetricSnapshots collect(Scope scope) {
    SeriesBuffer buffer = new SeriesBuffer();
    LedgerSnapshot ledger = state.ledger();
    List<ModelSnapshot> models = state.models();
    DriftReport report = state.report();
    cache.retain(models);
    if (scope == Scope.LASTING) {
      addDrift(buffer, models, report);
    } else if (scope != Scope.BASELINE) {
      counters.addTo(buffer, models);
      addDrift(buffer, models, report);
      TruthCounters.addTo(buffer, state.truths(), state.truthStore());
      PeopleCounters.addTo(buffer, state.feedback(), state.reviews());
      HealthGauges.addTo(buffer, models, state);
      VersionSeries.addTo(buffer, models, state);
      AttributionSeries.addTo(buffer, models, state.attributions(), report);
      TruthGauges.addTo(buffer, state.truthReport());
      ExporterMetrics.addTo(buffer, state, ledger);
    }
    if (scope != Scope.ALL_BUT_BASELINE) {
      baselines.addTo(buffer, models, report);
    }
    return buffer.snapshots(lasting);
  }

  /** Returns which families last until the next evaluation. */
  LastingFamilies lasting() {
    return lasting;
  }

  private void addDrift(SeriesBuffer buffer, List<ModelSnapshot> models, DriftReport report) {
    for (ModelSnapshot model : models) {
      if (model instanceof ModelSnapshot.Ready ready) {
        cache.of(ready, report).ifPresent(drift -> buffer.addAll(drift.gauges()));
      }
    }
  }
}
