package io.modeldrift.app.demo;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineBuilder;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.ColumnSettings;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.truth.BaselineTruthBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds the demo's baselines from the flights of January to March, on which both models learnt. A
 * column is as important as its mean attribution is large.
 */
public final class DemoBaseline {

  private static final String SOURCE = "US flights, January to March 2015";

  private DemoBaseline() {}

  /**
   * Returns the baseline of one model's inputs and predictions, and how good these were; takes
   * about two seconds.
   */
  public static Baseline of(DemoModel model, Instant created) {
    BaselineBuilder builder = new BaselineBuilder(settings(model)).derive(new OutlierScore());
    InferenceBatch batch = new InferenceBatch();
    try (DemoData flights = DemoData.baseline()) {
      FlightRows rows = new FlightRows(model, flights);
      while (rows.next(batch)) {
        builder.add(batch);
      }
    }
    return withTruth(model, builder.build(ModelKey.of(model.modelName()), created, SOURCE));
  }

  private static BaselineSettings settings(DemoModel model) {
    FittedModel fitted = FittedModel.of(model);
    Map<String, Double> sums = new TreeMap<>();
    try (DemoData flights = DemoData.baseline()) {
      flights.forEachRemaining(
          flight -> {
            if (model.isAskedAbout(flight)) {
              fitted
                  .attributions(model.instance(flight))
                  .forEach((column, part) -> sums.merge(column, Math.abs(part), Double::sum));
            }
          });
    }
    double total = sums.values().stream().mapToDouble(sum -> sum).sum();
    BaselineSettings settings = BaselineSettings.withDefaults();
    for (Map.Entry<String, Double> sum : sums.entrySet()) {
      double share = Math.round(1000 * sum.getValue() / total) / 1000.0;
      settings =
          settings.withColumn(sum.getKey(), ColumnSettings.withDefaults().withImportance(share));
    }
    return settings;
  }

  private static Baseline withTruth(DemoModel model, Baseline baseline) {
    BaselineTruthBuilder builder = new BaselineTruthBuilder(model.truth(), baseline);
    InferenceBatch batch = new InferenceBatch();
    try (DemoData flights = DemoData.baseline()) {
      FlightRows rows = new FlightRows(model, flights, true);
      while (rows.next(batch)) {
        builder.add(batch, FlightRows.OUTCOME);
      }
    }
    return builder.build();
  }
}
