package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineTruth;
import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelTruthTest {

  private static final ModelTruthSettings BINARY =
      new ModelTruthSettings(OutputSettings.defaults().withKind(OutputKind.BINARY), List.of());

  /** Scores that are probabilities: about 0.25 below the threshold, 0.75 above. */
  private static final Baseline CALIBRATED = baseline(250, 750);

  /** The same scores, of which the upper ones are right in 60 % only. */
  private static final Baseline OVERCONFIDENT = baseline(250, 600);

  private static Baseline baseline(double low, double high) {
    BaselineTruth.Scores scores =
        new BaselineTruth.Scores(
            List.of(0.5),
            0,
            1,
            List.of(low, high),
            List.of(1000 - low, 1000 - high),
            List.of(250.0, 750.0),
            List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0));
    BaselineTruth truth =
        new BaselineTruth(
            "binary",
            List.of("0", "1"),
            0.5,
            0,
            Map.of(BaselineTruth.ALL, List.of(1000 - low, low, 1000 - high, high)),
            Optional.of(scores));
    return Baseline.of(Desk.CREDIT, Instant.EPOCH, "test", 2000, List.of())
        .withTruth(Optional.of(truth));
  }

  private static ModelTruth truth(Baseline baseline) {
    ModelTruth truth = new ModelTruth(Desk.CREDIT, BINARY, Desk.WINDOWS, 0);
    truth.compareWith(baseline, 0);
    return truth;
  }

  private static void predict(ModelTruth truth) {
    truth.predicted(new Prediction(0.8, null), List.of(), 0);
  }

  private static TruthSnapshot.Scored scored(ModelTruth truth) {
    return truth.snapshot(new JoinCounts.Counter().snapshot(), 0, true).scored().orElseThrow();
  }

  private static double expectedHits(TruthSnapshot.Scored scored) {
    return scored.windows().get(0).expected().orElseThrow().counts().confusion().truePositives();
  }

  @Test
  void baselineWithOtherOutcomes_changesWhatScoresLetExpect_andKeepsWhatWasJoined() {
    ModelTruth truth = truth(CALIBRATED);
    predict(truth);
    truth.score(new Prediction(0.8, null), List.of(), new Value.Flag(true), 0);
    assertThat(expectedHits(scored(truth))).isCloseTo(0.8, within(1e-9));

    truth.compareWith(OVERCONFIDENT, 0);
    predict(truth);

    assertThat(expectedHits(scored(truth))).isCloseTo(0.6, within(1e-9));
    assertThat(Desk.in(scored(truth).segments(), TruthSnapshot.ALL).rows()).isEqualTo(1);
  }

  @Test
  void baselineWithTheSameOutcomes_goesOn() {
    ModelTruth truth = truth(CALIBRATED);
    predict(truth);

    truth.compareWith(baseline(250, 750), 0);
    predict(truth);

    assertThat(expectedHits(scored(truth))).isCloseTo(1.6, within(1e-9));
  }

  @Test
  void expectationsOfAnotherBaseline_areNotTakenOverByARestart() throws SnapshotException {
    ModelTruth before = truth(CALIBRATED);
    predict(before);
    StateOutput out = new StateOutput();
    before.save(out);

    ModelTruth same = truth(CALIBRATED);
    same.restore(new StateInput(out.toBytes()), true, 0);
    ModelTruth other = truth(OVERCONFIDENT);
    other.restore(new StateInput(out.toBytes()), true, 0);

    assertThat(expectedHits(scored(same))).isCloseTo(0.8, within(1e-9));
    assertThat(expectedHits(scored(other))).isZero();
  }
}
