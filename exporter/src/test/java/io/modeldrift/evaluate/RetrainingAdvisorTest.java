package io.modeldrift.evaluate;

import static io.modeldrift.evaluate.Snapshots.HOUR;
import static io.modeldrift.evaluate.Snapshots.MODEL;
import static io.modeldrift.evaluate.Snapshots.baseline;
import static io.modeldrift.evaluate.Snapshots.categorical;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.DriftState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetrainingAdvisorTest {

  private static final Window FIVE_MINUTES = new Window("5m", Duration.ofMinutes(5), 5);
  private static final Instant START = Instant.EPOCH.plus(Duration.ofDays(10));
  private static final Baseline BASELINE =
      baseline("a", categorical("channel", Role.INPUT, 10, 10, 0, 0, 0, 0));

  private static final RetrainingSettings SETTINGS =
      new RetrainingSettings(Duration.ofHours(24), Optional.of(Duration.ofDays(11)));

  private final RetrainingAdvisor advisor = new RetrainingAdvisor();

  @Test
  void drift_isAReasonOnceItHasLasted() {
    assertThat(advice(0, DriftState.DRIFTED)).containsEntry(RetrainingReason.DRIFT, false);
    assertThat(advice(23, DriftState.DRIFTED)).containsEntry(RetrainingReason.DRIFT, false);
    assertThat(advice(24, DriftState.DRIFTED)).containsEntry(RetrainingReason.DRIFT, true);
  }

  @Test
  void drift_thatHasEnded_startsAfresh() {
    advice(0, DriftState.DRIFTED);
    advice(20, DriftState.WARNING);

    assertThat(advice(30, DriftState.DRIFTED)).containsEntry(RetrainingReason.DRIFT, false);
    assertThat(advice(54, DriftState.DRIFTED)).containsEntry(RetrainingReason.DRIFT, true);
  }

  @Test
  void driftThatCannotBeJudged_goesOn() {
    advice(0, DriftState.DRIFTED);

    assertThat(advice(24, DriftState.INSUFFICIENT)).containsEntry(RetrainingReason.DRIFT, true);
    assertThat(advice(25, DriftState.STABLE)).containsEntry(RetrainingReason.DRIFT, false);
  }

  @Test
  void age_isAReasonFromTheDayOn() {
    assertThat(advice(23, DriftState.STABLE)).containsEntry(RetrainingReason.AGE, false);
    assertThat(advice(24, DriftState.STABLE)).containsEntry(RetrainingReason.AGE, true);
  }

  @Test
  void performance_isLeftOutAsLongAsNothingIsKnownOfIt() {
    assertThat(advice(0, DriftState.STABLE)).doesNotContainKey(RetrainingReason.PERFORMANCE);
  }

  @Test
  void performance_isAReasonOnceItHasBeenWorseForLong() {
    assertThat(worse(0, true)).containsEntry(RetrainingReason.PERFORMANCE, false);
    assertThat(worse(24, true)).containsEntry(RetrainingReason.PERFORMANCE, true);
    assertThat(worse(25, false)).containsEntry(RetrainingReason.PERFORMANCE, false);
  }

  @Test
  void ages_thatAreNotLimited_areNoReason() {
    RetrainingSettings unlimited = RetrainingSettings.withDefaults();

    assertThat(advisor.advise(report(0, DriftState.STABLE), Map.of(), unlimited).get(0).reasons())
        .containsOnlyKeys(RetrainingReason.DRIFT);
  }

  private Map<RetrainingReason, Boolean> advice(int hour, DriftState state) {
    return advisor.advise(report(hour, state), Map.of(), SETTINGS).get(0).reasons();
  }

  private Map<RetrainingReason, Boolean> worse(int hour, boolean worse) {
    return advisor
        .advise(report(hour, DriftState.STABLE), Map.of(MODEL, worse), SETTINGS)
        .get(0)
        .reasons();
  }

  /** The short window says the opposite: only the longest counts. */
  private static DriftReport report(int hour, DriftState state) {
    DriftState opposite = state == DriftState.DRIFTED ? DriftState.STABLE : DriftState.DRIFTED;
    List<WindowReport> windows = List.of(window(HOUR, state), window(FIVE_MINUTES, opposite));
    return new DriftReport(
        START.plus(Duration.ofHours(hour)),
        List.of(new ModelReport.Compared(MODEL, BASELINE, List.of(), windows)));
  }

  private static WindowReport window(Window window, DriftState state) {
    return new WindowReport(window, window.span(), 0, state, List.of(), List.of(), List.of());
  }
}
