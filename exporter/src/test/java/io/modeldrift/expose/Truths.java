package io.modeldrift.expose;

import io.modeldrift.ManualTime;
import io.modeldrift.baseline.Baseline;
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

  private record Known() implements TruthDesk.Models {

    @Override
    public Set<ModelKey> known() {
      return Set.of(Models.FLIGHTS, PRICE);
    }

    @Override
    public Optional<Baseline> baseline(ModelKey model) {
      return Optional.empty();
    }
  }

  private Truths() {}

  /**
   * 400 flights, late with probabilities 0, 0.25, 0.5 and 0.75, which they are; 200 women, 200 men,
   * 300 outcomes. 40 prices, each predicted 1 too high.
   */
  static List<TruthSnapshot> everything() {
    ManualTime time = new ManualTime();
    TruthSettings settings =
        new TruthSettings(
            StoreSettings.defaults(),
            List.of(Models.FIVE_MINUTES, Models.HOUR),
            model -> model.equals(PRICE) ? REGRESSION : BINARY,
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
