package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.truth.DetectorReading.State;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetectorTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private final Random random = new Random(5);

  private void errors(Detector detector, int rows, double rate) {
    for (int i = 0; i < rows; i++) {
      detector.update(random.nextDouble() < rate ? 1 : 0, NOW);
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorRate_thatDoubles_isDetected_seed5(DetectorSettings.Kind kind) {
    Detector detector = new Detector(kind, 100_000, true);
    errors(detector, 5_000, 0.1);
    assertThat(detector.reading().detections()).isZero();
    assertThat(detector.reading().state()).isIn(State.STABLE, State.WARNING);

    errors(detector, 3_000, 0.3);

    assertThat(detector.reading().detections()).isPositive();
    assertThat(detector.reading().last()).contains(NOW);
  }

  @Test
  void detection_isTheStateForAWhile() {
    Detector detector = new Detector(DetectorSettings.Kind.ADWIN, 100_000, true);
    errors(detector, 5_000, 0.1);
    while (detector.reading().detections() == 0) {
      errors(detector, 1, 0.5);
    }

    assertThat(detector.reading().state()).isEqualTo(State.DRIFTED);
    errors(detector, 1_100, 0.5);
    assertThat(detector.reading().state()).isEqualTo(State.STABLE);
  }

  @Test
  void absoluteErrors_areScaledByTheFirstOnes() {
    Detector detector = new Detector(DetectorSettings.Kind.ADWIN, 100_000, false);
    for (int i = 0; i < 999; i++) {
      detector.update(random.nextDouble() * 40, NOW);
    }
    assertThat(detector.reading().state()).isEqualTo(State.LEARNING);
    for (int i = 0; i < 5_000; i++) {
      detector.update(random.nextDouble() * 40, NOW);
    }
    assertThat(detector.reading().detections()).isZero();

    for (int i = 0; i < 2_000; i++) {
      detector.update(20 + random.nextDouble() * 40, NOW);
    }
    assertThat(detector.reading().detections()).isPositive();
  }

  @Test
  void errorsThatAreAllZero_areLearnedFromUntilTheyAreNot() {
    Detector detector = new Detector(DetectorSettings.Kind.PAGE_HINKLEY, 100_000, true);
    errors(detector, 1_500, 0);
    assertThat(detector.reading().state()).isEqualTo(State.LEARNING);

    errors(detector, 1_500, 0.2);
    assertThat(detector.reading().state()).isEqualTo(State.STABLE);
  }

  @Test
  void errorRateOfTheBaseline_isAllThatPageHinkleyNeeds_seed5() {
    Detector detector = new Detector(DetectorSettings.Kind.PAGE_HINKLEY, 100_000, true);
    errors(detector, 999, 0.5);
    detector.expect(0.1);
    assertThat(detector.reading().state()).isEqualTo(State.STABLE);
    errors(detector, 300, 0.1);
    assertThat(detector.reading().detections()).isZero();
    errors(detector, 300, 0.7);
    assertThat(detector.reading().detections()).isPositive();
  }

  @Test
  void detectorThatStillLearned_doesSoNoMore_onceTheBaselineTellsItsErrors()
      throws SnapshotException {
    Detector learning = new Detector(DetectorSettings.Kind.PAGE_HINKLEY, 100_000, true);
    errors(learning, 10, 0.1);
    Detector informed = new Detector(DetectorSettings.Kind.PAGE_HINKLEY, 100_000, true);
    informed.expect(0.1);
    informed.restore(saved(learning), true);
    Detector after = new Detector(DetectorSettings.Kind.PAGE_HINKLEY, 100_000, true);
    after.restore(saved(informed), true);

    assertThat(informed.reading().state()).isEqualTo(State.STABLE);
    assertThat(after.reading().state()).isEqualTo(State.STABLE);
  }

  private static Detector.Saved saved(Detector detector) throws SnapshotException {
    StateOutput out = new StateOutput();
    detector.save(out);
    return Detector.Saved.restore(new StateInput(out.toBytes()));
  }
}
