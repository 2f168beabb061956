package io.modeldrift.evaluate;

import static io.modeldrift.evaluate.Snapshots.MODEL;
import static io.modeldrift.evaluate.Snapshots.baseline;
import static io.modeldrift.evaluate.Snapshots.categorical;
import static io.modeldrift.evaluate.Snapshots.ready;
import static io.modeldrift.evaluate.Snapshots.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.evaluate.ColumnVerdict.Insufficient;
import io.modeldrift.evaluate.ColumnVerdict.Reason;
import io.modeldrift.evaluate.ColumnVerdict.Scored;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.WindowSnapshot;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.Measure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

  private static final BaselineColumn PLAN =
      categorical("plan", Role.INPUT, 5000, 3000, 2000, 0, 0, 0, 0);
  private static final BaselineColumn ANSWER =
      categorical("prediction", Role.OUTPUT, 9000, 1000, 0, 0, 0, 0);
  private static final BinnedCounts SAME = BinnedCounts.of(500, 300, 200, 0, 0, 0, 0);
  private static final BinnedCounts MOVED = BinnedCounts.of(100, 300, 600, 0, 0, 0, 0);
  private static final BinnedCounts NUDGED = BinnedCounts.of(390, 300, 310, 0, 0, 0, 0);
  private static final BinnedCounts SAME_ANSWER = BinnedCounts.of(900, 100, 0, 0, 0, 0);
  private static final BinnedCounts MOVED_ANSWER = BinnedCounts.of(500, 500, 0, 0, 0, 0);

  private final Evaluator evaluator = new Evaluator();

  @Test
  void column_withUnchangedShares_isStable() {
    Scored verdict = scored(evaluate(baseline("1", PLAN), window(1, SAME)), "plan");

    assertThat(verdict.level()).isEqualTo(DriftState.STABLE);
    assertThat(verdict.state()).isEqualTo(DriftState.STABLE);
    assertThat(verdict.correctedPsi()).isZero();
    assertThat(verdict.contributions()).isEmpty();
    assertThat(verdict.requiredRows()).isEqualTo(OptionalLong.of(100));
  }

  @Test
  void column_isDrifted_onlyAfterThreeVotes() {
    Baseline plans = baseline("1", PLAN);

    assertThat(scored(evaluate(plans, window(1, MOVED)), "plan").state())
        .isEqualTo(DriftState.STABLE);
    assertThat(scored(evaluate(plans, window(2, MOVED)), "plan").state())
        .isEqualTo(DriftState.STABLE);
    Scored third = scored(evaluate(plans, window(3, MOVED)), "plan");

    assertThat(third.state()).isEqualTo(DriftState.DRIFTED);
    assertThat(third.contributions().get(0).bin()).isZero();
    assertThat(third.contributions().get(0).signed()).isNegative();
    assertThat(third.contributions().get(1).bin()).isEqualTo(2);
    assertThat(third.contributions().get(1).rising()).isTrue();
  }

  @Test
  void secondEvaluationOfAPane_replacesItsVote() {
    Baseline plans = baseline("1", PLAN);
    for (int i = 0; i < 10; i++) {
      assertThat(scored(evaluate(plans, window(1, MOVED)), "plan").state())
          .isEqualTo(DriftState.STABLE);
    }
    evaluate(plans, window(1, SAME));
    evaluate(plans, window(2, MOVED));

    assertThat(scored(evaluate(plans, window(3, MOVED)), "plan").state())
        .isEqualTo(DriftState.STABLE);
    assertThat(scored(evaluate(plans, window(4, MOVED)), "plan").state())
        .isEqualTo(DriftState.DRIFTED);
  }

  @Test
  void newBaseline_forgetsTheVotes() {
    for (int pane = 1; pane <= 3; pane++) {
      evaluate(baseline("1", PLAN), window(pane, MOVED));
    }

    assertThat(scored(evaluate(baseline("2", PLAN), window(4, MOVED)), "plan").state())
        .isEqualTo(DriftState.STABLE);
  }

  @Test
  void newSettings_forgetTheVotes() {
    Baseline plans = baseline("1", PLAN);
    for (int pane = 1; pane <= 3; pane++) {
      evaluate(plans, window(pane, MOVED));
    }
    EvaluationSettings classic = settings(Drift.tolerating(Tolerances.classic()));

    assertThat(scored(evaluate(plans, classic, window(4, MOVED)), "plan").state())
        .isEqualTo(DriftState.STABLE);
  }

  @Test
  void everyMeasure_hasScoreThresholdsAndPValues() {
    Scored verdict = scored(evaluate(baseline("1", PLAN), window(1, MOVED)), "plan");

    assertThat(verdict.scores())
        .extracting(MeasureScore::measure)
        .containsExactly(Measure.PSI, Measure.JS_DISTANCE, Measure.L_INFINITY);
    for (MeasureScore score : verdict.scores()) {
      assertThat(score.driftScore()).isGreaterThan(score.driftedThreshold().orElseThrow());
      assertThat(score.driftedThreshold().orElseThrow())
          .isGreaterThan(score.warningThreshold().orElseThrow());
      assertThat(score.driftedPValue().orElseThrow())
          .isGreaterThanOrEqualTo(score.warningPValue().orElseThrow());
    }
    assertThat(verdict.verdict()).isEqualTo(verdict.score(Measure.PSI).orElseThrow());
  }

  @Test
  void window_withoutRows_isInsufficient() {
    assertThat(verdict(evaluate(baseline("1", PLAN), window(1, BinnedCounts.zero(7))), "plan"))
        .isEqualTo(new Insufficient(Reason.NO_ROWS, OptionalLong.of(100)));
  }

  @Test
  void window_withOneRowTooFew_isInsufficient() {
    BinnedCounts few = BinnedCounts.of(50, 30, 19, 0, 0, 0, 0);

    WindowReport report = evaluate(baseline("1", PLAN), window(1, few));

    assertThat(verdict(report, "plan"))
        .isEqualTo(new Insufficient(Reason.TOO_FEW_ROWS, OptionalLong.of(100)));
    assertThat(report.state()).isEqualTo(DriftState.INSUFFICIENT);
    assertThat(report.family(Role.INPUT).orElseThrow().rollUp()).isEmpty();
  }

  @Test
  void window_withJustEnoughRows_isScored() {
    BinnedCounts enough = BinnedCounts.of(50, 30, 20, 0, 0, 0, 0);

    assertThat(verdict(evaluate(baseline("1", PLAN), window(1, enough)), "plan"))
        .isInstanceOf(Scored.class);
  }

  @Test
  void baseline_withoutRows_isInsufficient() {
    Baseline empty = baseline("1", categorical("plan", Role.INPUT, 0, 0, 0, 0, 0, 0, 0));

    assertThat(verdict(evaluate(empty, window(1, SAME)), "plan"))
        .isEqualTo(new Insufficient(Reason.NO_BASELINE, OptionalLong.empty()));
  }

  @Test
  void baseline_withTooFewRowsForAnyWindow_isInsufficient() {
    Baseline tiny = baseline("1", categorical("plan", Role.INPUT, 5, 4, 3, 0, 0, 0, 0));

    assertThat(verdict(evaluate(tiny, window(1, SAME)), "plan"))
        .isEqualTo(new Insufficient(Reason.BASELINE_TOO_SMALL, OptionalLong.empty()));
  }

  @Test
  void window_countedOverOtherBins_isInsufficient() {
    assertThat(verdict(evaluate(baseline("1", PLAN), window(1, SAME_ANSWER)), "plan"))
        .isEqualTo(new Insufficient(Reason.LAYOUT_MISMATCH, OptionalLong.empty()));
  }

  @Test
  void verdictMeasure_thatHasNoValue_makesTheColumnInsufficient() {
    DriftSettings byKs = Drift.verdictBy(Measure.KS);

    assertThat(verdict(evaluate(baseline("1", PLAN), settings(byKs), window(1, SAME)), "plan"))
        .isEqualTo(new Insufficient(Reason.NOT_DEFINED, OptionalLong.of(100)));
  }

  @Test
  void toleranceOfAColumn_beatsThatOfTheModel() {
    ColumnDriftSettings tolerant =
        new ColumnDriftSettings(
            Optional.of(Tolerances.classic()), Optional.empty(), OptionalDouble.of(2));
    DriftSettings settings = Drift.except(Map.of("plan", tolerant));

    WindowReport report = evaluate(baseline("1", PLAN), settings(settings), window(1, NUDGED));

    assertThat(scored(report, "plan").level()).isEqualTo(DriftState.STABLE);
    assertThat(scored(evaluate(baseline("1", PLAN), window(1, NUDGED)), "plan").level())
        .isEqualTo(DriftState.WARNING);
    assertThat(report.columns().get(0).reference().importance()).isEqualTo(2);
  }

  @Test
  void oneDriftedOutput_makesTheModelDrifted_whileInputsStayStable() {
    WindowReport report = afterThreePanes(SAME, MOVED_ANSWER);

    assertThat(report.family(Role.INPUT).orElseThrow().state()).isEqualTo(DriftState.STABLE);
    assertThat(report.family(Role.OUTPUT).orElseThrow().state()).isEqualTo(DriftState.DRIFTED);
    assertThat(report.family(Role.OUTPUT).orElseThrow().worstColumn()).contains("prediction");
    assertThat(report.family(Role.DERIVED)).isEmpty();
    assertThat(report.state()).isEqualTo(DriftState.DRIFTED);
  }

  @Test
  void inputs_areDrifted_fromTheConfiguredShareOn() {
    FamilyReport inputs = afterThreePanes(MOVED, SAME_ANSWER).family(Role.INPUT).orElseThrow();

    assertThat(inputs.rollUp().orElseThrow().driftedShare()).isEqualTo(1);
    assertThat(inputs.state()).isEqualTo(DriftState.DRIFTED);
  }

  @Test
  void roles_areFamiliesOfTheirOwn() {
    // One column's threshold must not depend on how many columns of another role there are.
    WindowReport alone = evaluate(baseline("1", PLAN), window(1, MOVED));
    WindowReport together = evaluate(baseline("2", PLAN, ANSWER), window(1, MOVED, SAME_ANSWER));

    assertThat(scored(together, "plan").scores()).isEqualTo(scored(alone, "plan").scores());
  }

  @Test
  void learningModel_isReportedAsSuch() {
    ModelSnapshot learning = new ModelSnapshot.Learning(Snapshots.FACTS, 40, 1000);

    DriftReport report =
        evaluator.evaluate(Instant.EPOCH, List.of(learning), EvaluationSettings.withDefaults());

    assertThat(report.model(MODEL)).contains(new ModelReport.Learning(MODEL, 40, 1000));
  }

  private WindowReport afterThreePanes(BinnedCounts plans, BinnedCounts answers) {
    Baseline both = baseline("1", PLAN, ANSWER);
    evaluate(both, window(1, plans, answers));
    evaluate(both, window(2, plans, answers));
    return evaluate(both, window(3, plans, answers));
  }

  private WindowReport evaluate(Baseline baseline, WindowSnapshot window) {
    return evaluate(baseline, EvaluationSettings.withDefaults(), window);
  }

  private WindowReport evaluate(
      Baseline baseline, EvaluationSettings settings, WindowSnapshot window) {
    DriftReport report =
        evaluator.evaluate(Instant.EPOCH, List.of(ready(baseline, window)), settings);
    ModelReport.Compared model =
        (ModelReport.Compared) report.model(baseline.model()).orElseThrow();
    return model.window("1h").orElseThrow();
  }

  private static EvaluationSettings settings(DriftSettings drift) {
    return EvaluationSettings.withDefaults().withDrift(drift, Map.of());
  }

  private static ColumnVerdict verdict(WindowReport report, String column) {
    return report.columns().stream()
        .filter(candidate -> candidate.name().equals(column))
        .findFirst()
        .orElseThrow()
        .verdict();
  }

  private static Scored scored(WindowReport report, String column) {
    return (Scored) verdict(report, column);
  }
}
