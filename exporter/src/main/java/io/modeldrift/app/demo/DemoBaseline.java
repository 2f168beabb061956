package io.modeldrift.app.demo;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineBuilder;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import java.time.Instant;

/**
 * Builds the demo's baselines from the flights of January to March, on which both models learnt.
 */
public final class DemoBaseline {

  private static final String SOURCE = "US flights, January to March 2015";

  private DemoBaseline() {}

  /** Returns the baseline of one model's inputs and predictions; takes about a second. */
  public static Baseline of(DemoModel model, Instant created) {
    BaselineBuilder builder =
        new BaselineBuilder(BaselineSettings.withDefaults()).derive(new OutlierScore());
    InferenceBatch batch = new InferenceBatch();
    try (DemoData flights = DemoData.baseline()) {
      FlightRows rows = new FlightRows(model, flights);
      while (rows.next(batch)) {
        builder.add(batch);
      }
    }
    return builder.build(ModelKey.of(model.modelName()), created, SOURCE);
  }
}
