package io.modeldrift.expose;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.evaluate.Drift;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.evaluate.Evaluator;
import io.modeldrift.evaluate.PastSettings;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.WindowSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PastMetricsTest {

  private static final EvaluationSettings WITH_PREVIOUS =
      EvaluationSettings.withDefaults()
          .withDrift(Drift.comparedWith(new PastSettings(true, Optional.empty())), Map.of());

  private final FakeState state = new FakeState();
  private final Server server = new Server(state);
  private final Evaluator evaluator = new Evaluator();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void windowBefore_isComparedOnceItIsComplete() {
    BinnedCounts before = BinnedCounts.of(240, 200, 340, 12, 4, 4, 0);
    BinnedCounts after = BinnedCounts.of(20, 440, 320, 12, 4, 4, 0);

    evaluate(0, before);
    assertThat(server.get("/metrics")).doesNotContain("model_feature_past_drift");
    evaluate(12, after);

    assertThat(server.get("/metrics"))
        .contains(
            "model_feature_past_drift_state{against=\"previous\",feature=\"airline\","
                + "model=\"flight-delay\",role=\"input\",version=\"3\",window=\"1h\","
                + "model_feature_past_drift_state=\"drifted\"} 1\n")
        .contains(
            "model_feature_past_drift_score{against=\"previous\",feature=\"airline\","
                + "measure=\"psi\",model=\"flight-delay\",role=\"input\",version=\"3\","
                + "window=\"1h\"} ");
  }

  private void evaluate(long pane, BinnedCounts airlines) {
    ModelSnapshot.Ready model = Models.fresh(Models.AIRLINE);
    WindowSnapshot hour =
        new WindowSnapshot(
            Models.HOUR,
            Models.HOUR.span(),
            pane,
            airlines.total(),
            List.of(airlines),
            model.violations());
    ModelSnapshot.Ready windowed =
        new ModelSnapshot.Ready(
            model.facts(),
            state.models.isEmpty()
                ? model.baseline()
                : ((ModelSnapshot.Ready) state.models.get(0)).baseline(),
            model.loaded(),
            model.columns(),
            model.violations(),
            List.of(hour));
    state.models = List.of(windowed);
    state.report = evaluator.evaluate(Instant.EPOCH, state.models, WITH_PREVIOUS);
  }
}
