package io.modeldrift.evaluate;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.Estimate;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.truth.TruthSnapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good predictions were, as far as their ground truth is known. Immutable: scrapes read it
 * while the next one is computed.
 *
 * @param models one for each model version whose predictions can be scored
 */
public record TruthReport(List<OfModel> models) {

  /** Copies the list. */
  public TruthReport {
    models = List.copyOf(models);
  }

  /** Returns the report before the first evaluation: no models. */
  public static TruthReport none() {
    return new TruthReport(List.of());
  }

  /**
   * Returns for each model whether its performance over the longest window is surely worse than
   * that of its baseline: accuracy by more than 0.05, a mean absolute error by more than a tenth,
   * and both by more than two standard errors. Models about which that cannot be said are left out.
   */
  public Map<ModelKey, Boolean> worse() {
    Map<ModelKey, Boolean> worse = new HashMap<>();
    for (OfModel model : models) {
      model.isWorse().ifPresent(found -> worse.put(model.model(), found));
    }
    return worse;
  }

  /** Returns what is known about a model version. */
  public Optional<OfModel> model(ModelKey key) {
    return models.stream().filter(report -> report.model().equals(key)).findFirst();
  }

  /**
   * One model version.
   *
   * @param baseline performance on the baseline's rows by segment; empty if it is not known
   */
  public record OfModel(ModelKey model, Map<String, Performance> baseline, List<InWindow> windows) {

    private static final long FEWEST_ROWS = 100;
    private static final double TOLERATED_DROP = 0.05;
    private static final double TOLERATED_INCREASE = 1.1;

    /** Copies the list. */
    public OfModel {
      windows = List.copyOf(windows);
    }

    private Optional<Boolean> isWorse() {
      Performance before = baseline.get(TruthSnapshot.ALL);
      Performance now =
          windows.stream()
              .max(Comparator.comparing(window -> window.window().span()))
              .map(window -> window.segments().get(TruthSnapshot.ALL))
              .orElse(null);
      if (before == null || now == null || now.rows() < FEWEST_ROWS) {
        return Optional.empty();
      }
      double accuracy = before.value(PerformanceMetric.ACCURACY);
      double error = before.value(PerformanceMetric.MAE);
      boolean drops =
          now.value(PerformanceMetric.ACCURACY) + now.margin(PerformanceMetric.ACCURACY)
              < accuracy - TOLERATED_DROP;
      boolean grows =
          now.value(PerformanceMetric.MAE) - now.margin(PerformanceMetric.MAE)
              > error * TOLERATED_INCREASE;
      return Double.isNaN(accuracy) && Double.isNaN(error)
          ? Optional.empty()
          : Optional.of(drops || grows);
    }
  }

  /**
   * One window of it.
   *
   * @param segments performance by segment, that of all rows first
   * @param fairness by attribute
   * @param reweighted by column of segments, what their mix alone would make of the baseline's
   *     accuracy or mean absolute error
   * @param estimate what performance should be; empty unless the model gives scores of two classes
   */
  public record InWindow(
      Window window,
      Map<String, Performance> segments,
      Map<String, FairnessReport> fairness,
      Map<String, Double> reweighted,
      Optional<PerformanceEstimate> estimate) {}

  /**
   * Performance of the rows of one segment.
   *
   * @param rows whose ground truth is known
   * @param metrics what follows from them; absent numbers are left out
   */
  public record Performance(long rows, Map<PerformanceMetric, Estimate> metrics) {

    /** Copies the map. */
    public Performance {
      metrics = Map.copyOf(metrics);
    }

    private double value(PerformanceMetric metric) {
      Estimate found = metrics.get(metric);
      return found == null ? Double.NaN : found.value().asOptional().orElse(Double.NaN);
    }

    private double margin(PerformanceMetric metric) {
      Estimate found = metrics.get(metric);
      return found == null ? 0 : 2 * found.standardError().asOptional().orElse(0);
    }
  }
}
