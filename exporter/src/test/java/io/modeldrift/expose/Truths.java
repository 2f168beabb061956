package io.modeldrift.expose;

import io.modeldrift.ManualTime;
import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineTruth;
import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Protocol;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import io.modeldrift.truth.OutputKind;
import io.modeldrift.truth.OutputSettings;
import io.modeldrift.truth.StoreSettings;
import io.modeldrift.truth.TruthDesk;
import io.modeldrift.truth.TruthSettings;
import io.modeldrift.truth.TruthSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ground truth that tests of this package look at. */
final class Truths {

  private static final ModelKey PRICE = ModelKey.of("price");
  private static final ModelTruthSettings BINARY =
      new ModelTruthSettings(
          OutputSettings.defaults().withKind(OutputKind.BINARY),
          List.of(
              new Attribute("airline", true, false, List.of("AA", "US", "WN"), ""),
              new Attribute("gender", false, true, List.of("f", "m"), "m")));
  private static final ModelTruthSettings REGRESSION =
      new ModelTruthSettings(OutputSettings.defaults().withKind(OutputKind.REGRESSION), List.of());

  /** 400 rows of which three in four are as their score says. */
  private static final Baseline LEARNT =
      Models.baseline(Models.AIRLINE)
          .withTruth(
              Optional.of(
                  new BaselineTruth(
                      "binary",
                      List.of("0", "1"),
                      0.5,
                      0,
                      Map.of(
                          "all", List.of(150.0, 50.0, 50.0, 150.0),
                          "airline=AA", List.of(50.0, 0.0, 0.0, 50.0),
                          "airline=WN", List.of(50.0, 50.0, 50.0, 50.0),
                          "airline=__missing__", List.of(50.0, 0.0, 0.0, 50.0)),
                      Optional.of(
                          new BaselineTruth.Scores(
                              List.of(0.5),
                              0,
                              1,
                              List.of(50.0, 150.0),
                              List.of(150.0, 50.0),
                              List.of(50.0, 150.0),
                              List.of(400.0, 200.0, 150.0, 400.0, 75.0, 20.0))))));

  private record Known() implements TruthDesk.Models {

    @Override
    public Set<ModelKey> known() {
      return Set.of(Models.FLIGHTS, PRICE);
    }

    @Override
    public Optional<Baseline> baseline(ModelKey model) {
      return model.equals(Models.FLIGHTS) ? Optional.of(LEARNT) : Optional.empty();
    }
  }

  private Truths() {}

  /**
   * 400 flights, late with probabilities 0, 0.25, 0.5 and 0.75, which they are; 200 women, 200 men,
   * 300 outcomes. Then 1,000 flights that were predicted rightly, and 1,000 that were not. 40
   * prices, each predicted 1 too high.
   */
  static List<TruthSnapshot> everything() {
    ManualTime time = new ManualTime();
    TruthSettings settings =
        new TruthSettings(
            StoreSettings.defaults(),
            List.of(Models.FIVE_MINUTES, Models.HOUR),
            model ->
                model.name().equals("uncalibrated") || !model.equals(PRICE) ? BINARY : REGRESSION,
            20);
    try (TruthDesk desk = new TruthDesk(settings, new Known(), time)) {
      List<GroundTruth> outcomes = new ArrayList<>();
      InferenceBatch batch = new InferenceBatch();
      batch.reset(Models.FLIGHTS, BatchKind.PAIR, time.instant());
      for (int i = 0; i < 400; i++) {
        int row = batch.addRow();
        batch.setId(row, "f" + i);
        column(batch, Role.OUTPUT, "probability").setNumber(row, i % 4 / 4.0);
        column(batch, Role.INPUT, "airline").setText(row, i % 3 == 0 ? "AA" : "WN");
        column(batch, Role.INPUT, "gender").setText(row, i % 8 < 4 ? "f" : "m");
        if (i < 300) {
          outcomes.add(outcome("flight-delay", "f" + i, i / 4 % 4 < i % 4 ? 1 : 0));
        }
      }
      for (int i = 0; i < 2000; i++) {
        int row = batch.addRow();
        batch.setId(row, "g" + i);
        column(batch, Role.OUTPUT, "probability").setNumber(row, 0.9);
        outcomes.add(outcome("flight-delay", "g" + i, i < 1000 ? 1 : 0));
      }
      desk.predictions(batch);
      batch.reset(ModelKey.of("uncalibrated"), BatchKind.RESPONSE, time.instant());
      column(batch, Role.OUTPUT, "probability").setNumber(batch.addRow(), 0.4);
      desk.predictions(batch);
      batch.reset(PRICE, BatchKind.RESPONSE, time.instant());
      for (int i = 0; i < 40; i++) {
        int row = batch.addRow();
        batch.setId(row, "p" + i);
        column(batch, Role.OUTPUT, "price").setNumber(row, i + 1);
        outcomes.add(outcome("price", "p" + i, i));
      }
      desk.predictions(batch);
      time.advance(Duration.ofMinutes(2));
      desk.truths(
          new Decoded.Truths(
              Protocol.GROUND_TRUTH, outcomes, outcomes.stream().map(o -> "").toList(), 0));
      return desk.snapshots();
    }
  }

  private static Column column(InferenceBatch batch, Role role, String name) {
    Column column = batch.column(role, name);
    if (column == null) {
      throw new AssertionError("no column");
    }
    return column;
  }

  private static GroundTruth outcome(String model, String id, double outcome) {
    return new GroundTruth(
        model, "", List.of(id), 0, new Value.Numeric(outcome), Map.of(), Map.of());
  }
}
