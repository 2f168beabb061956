package io.modeldrift.evaluate;

import static io.modeldrift.evaluate.Snapshots.HOUR;
import static io.modeldrift.evaluate.Snapshots.baseline;
import static io.modeldrift.evaluate.Snapshots.categorical;
import static io.modeldrift.evaluate.Snapshots.ready;
import static io.modeldrift.evaluate.Snapshots.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.evaluate.ColumnVerdict.Scored;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.WindowSnapshot;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.statistics.DriftState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PastEvaluationTest {

  private static final Baseline PLANS =
      baseline("1", categorical("plan", Role.INPUT, 5000, 3000, 2000, 0, 0, 0, 0));
  private static final BinnedCounts USUAL = BinnedCounts.of(500, 300, 200, 0, 0, 0, 0);
  private static final BinnedCounts MOVED = BinnedCounts.of(100, 300, 600, 0, 0, 0, 0);
  private static final PastSettings PREVIOUS = new PastSettings(true, Optional.empty());
  private static final PastSettings THREE_HOURS =
      new PastSettings(false, Optional.of(Duration.ofHours(3)));

  private final Evaluator evaluator = new Evaluator();
  private int hour;

  @Test
  void unasked_nothingIsCompared() {
    evaluate(PastSettings.none(), 0, MOVED);

    assertThat(evaluate(PastSettings.none(), 1, MOVED).past()).isEmpty();
  }

  @Test
  void firstWindow_hasNothingBeforeIt() {
    assertThat(evaluate(PREVIOUS, 0, MOVED).past()).isEmpty();
  }

  @Test
  void suddenChange_isSeenOnce_thoughTheBaselineStaysFarAway() {
    evaluate(PREVIOUS, 0, USUAL);

    assertThat(level(evaluate(PREVIOUS, 1, MOVED))).isEqualTo(DriftState.DRIFTED);
    assertThat(level(evaluate(PREVIOUS, 2, MOVED))).isEqualTo(DriftState.STABLE);
  }

  @Test
  void comparison_staysUntilTheNextSpan() {
    evaluate(PREVIOUS, 0, USUAL);
    evaluate(PREVIOUS, 1, MOVED);

    WindowReport later = evaluate(PREVIOUS, window(12 + 5, USUAL));

    assertThat(level(later)).isEqualTo(DriftState.DRIFTED);
  }

  @Test
  void gap_leavesNothingToCompareWith() {
    evaluate(PREVIOUS, 0, USUAL);

    assertThat(evaluate(PREVIOUS, 2, MOVED).past()).isEmpty();
    assertThat(level(evaluate(PREVIOUS, 3, USUAL))).isEqualTo(DriftState.DRIFTED);
  }

  @Test
  void windowThatIsStillFillingUp_isNotKept() {
    WindowSnapshot filling =
        new WindowSnapshot(
            HOUR,
            Duration.ofMinutes(59),
            0,
            1000,
            List.of(USUAL),
            List.of(Snapshots.NO_VIOLATIONS));
    evaluate(PREVIOUS, filling);

    assertThat(evaluate(PREVIOUS, 1, MOVED).past()).isEmpty();
  }

  @Test
  void season_comparesWithTheSameHourOfTheSeasonBefore() {
    for (BinnedCounts counts : List.of(USUAL, MOVED, USUAL)) {
      assertThat(evaluate(THREE_HOURS, hour++, counts).past()).isEmpty();
    }

    assertThat(level(evaluate(THREE_HOURS, hour++, USUAL))).isEqualTo(DriftState.STABLE);
    assertThat(level(evaluate(THREE_HOURS, hour++, MOVED))).isEqualTo(DriftState.STABLE);
    WindowReport changed = evaluate(THREE_HOURS, hour++, MOVED);
    assertThat(changed.past().get(0).against()).isEqualTo(PastReport.Against.SEASON);
    assertThat(level(changed)).isEqualTo(DriftState.DRIFTED);
  }

  @Test
  void season_thatTheWindowDoesNotDivide_isNotCompared() {
    PastSettings uneven = new PastSettings(false, Optional.of(Duration.ofMinutes(150)));
    for (int i = 0; i < 6; i++) {
      assertThat(evaluate(uneven, hour++, USUAL).past()).isEmpty();
    }
  }

  @Test
  void sumThatIsInfinite_survivesARestart() throws SnapshotException {
    BinnedCounts enormous =
        BinnedCounts.of(new long[] {1, 2}, new double[] {1, Double.POSITIVE_INFINITY});
    PastEvaluation.Saved saved =
        new PastEvaluation.Saved(
            PastReport.Against.PREVIOUS,
            1,
            7,
            List.of(new PastEvaluation.Kept(7, List.of(enormous))),
            Optional.empty());
    StateOutput out = new StateOutput();
    saved.save(out);

    assertThat(PastEvaluation.Saved.restore(new StateInput(out.toBytes()))).isEqualTo(saved);
  }

  @Test
  void season_thatIsNotPositive_isRefused() {
    assertThatThrownBy(() -> new PastSettings(true, Optional.of(Duration.ZERO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("season PT0S is not positive");
  }

  private WindowReport evaluate(PastSettings past, int span, BinnedCounts counts) {
    return evaluate(past, window(12L * span, counts));
  }

  private WindowReport evaluate(PastSettings past, WindowSnapshot snapshot) {
    EvaluationSettings settings =
        EvaluationSettings.withDefaults().withDrift(Drift.comparedWith(past), Map.of());
    DriftReport report =
        evaluator.evaluate(Instant.EPOCH, List.of(ready(PLANS, snapshot)), settings);
    return ((ModelReport.Compared) report.models().get(0)).windows().get(0);
  }

  private static DriftState level(WindowReport report) {
    return ((Scored) report.past().get(0).columns().get(0)).level();
  }
}
