package io.modeldrift.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.GroupLimits;
import io.modeldrift.statistics.GroupRate;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.truth.BaselineTruthBuilder;
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
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TruthEvaluatorTest {

  private static final ModelKey MODEL = ModelKey.of("credit");
  private static final Window HOUR = new Window("1h", Duration.ofHours(1), 12);
  private static final ModelTruthSettings SETTINGS =
      new ModelTruthSettings(
          OutputSettings.defaults().withKind(OutputKind.BINARY).withScore("score"),
          List.of(new Attribute("gender", false, true, List.of("f", "m"), "m")));

  private final ManualTime time = new ManualTime();
  private final Random random = new Random(9);
  private final TruthEvaluator evaluator = new TruthEvaluator();
  private Optional<Baseline> baseline = Optional.empty();
  private int nextId;
  private final TruthDesk desk =
      new TruthDesk(
          new TruthSettings(StoreSettings.defaults(), List.of(HOUR), key -> SETTINGS, 5),
          new Known(),
          time);

  private final class Known implements TruthDesk.Models {

    @Override
    public Set<ModelKey> known() {
      return Set.of(MODEL);
    }

    @Override
    public Optional<Baseline> baseline(ModelKey model) {
      return baseline;
    }
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private static Column column(InferenceBatch batch, Role role, String name) {
    Column column = batch.column(role, name);
    if (column == null) {
      throw new AssertionError("no column");
    }
    return column;
  }

  private InferenceBatch rows(int rows, double shift) {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(MODEL, BatchKind.PAIR, time.instant());
    for (int i = 0; i < rows; i++) {
      int row = batch.addRow();
      boolean woman = i % 2 == 0;
      double score = random.nextDouble() * (woman ? 1 - shift : 1);
      column(batch, Role.OUTPUT, "score").setNumber(row, score);
      column(batch, Role.INPUT, "gender").setText(row, woman ? "f" : "m");
      batch.setId(row, "i" + nextId++);
    }
    return batch;
  }

  private double score(InferenceBatch batch, int row) {
    return column(batch, Role.OUTPUT, "score").number(row);
  }

  /** Reports outcomes that are as probable as the score says, or the other way round. */
  private void report(InferenceBatch batch, boolean reversed) {
    List<GroundTruth> truths = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      boolean positive = random.nextDouble() < score(batch, row) != reversed;
      truths.add(
          new GroundTruth(
              MODEL.name(),
              "",
              List.of(String.valueOf(batch.id(row))),
              0,
              new Value.Flag(positive),
              Map.of(),
              Map.of()));
    }
    desk.truths(
        new Decoded.Truths(
            Protocol.GROUND_TRUTH, truths, truths.stream().map(t -> "").toList(), 0));
  }

  private Baseline learnt() {
    InferenceBatch batch = rows(20_000, 0);
    for (int row = 0; row < batch.rows(); row++) {
      boolean positive = random.nextDouble() < score(batch, row);
      column(batch, Role.INPUT, "truth").setBoolean(row, positive);
    }
    BaselineTruthBuilder builder =
        new BaselineTruthBuilder(
            SETTINGS, Baseline.of(MODEL, time.instant(), "test", 20_000, List.of()));
    builder.add(batch, "truth");
    return builder.build();
  }

  private TruthReport.InWindow window() {
    TruthReport report = evaluator.evaluate(desk.snapshots(), FairnessSettings.withDefaults());
    return report.model(MODEL).orElseThrow().windows().get(0);
  }

  private static double value(TruthReport.Performance performance, PerformanceMetric metric) {
    var estimate = performance.metrics().get(metric);
    return estimate == null ? Double.NaN : estimate.value().asOptional().orElse(Double.NaN);
  }

  private static TruthReport.Performance all(TruthReport.InWindow window) {
    var all = window.segments().get(TruthSnapshot.ALL);
    if (all == null) {
      throw new AssertionError("no segment of all rows");
    }
    return all;
  }

  @Test
  void estimate_withoutAnyTruth_isWhatComesTrueLater_seed9() {
    baseline = Optional.of(learnt());
    InferenceBatch batch = rows(5_000, 0.3);
    desk.predictions(batch);

    PerformanceEstimate estimate = window().estimate().orElseThrow();
    report(batch, false);
    TruthReport.Performance real = all(window());

    assertThat(estimate.reason()).isEmpty();
    for (PerformanceMetric metric : estimate.metrics().keySet()) {
      var found = estimate.metrics().get(metric);
      assertThat(value(new TruthReport.Performance(1, estimate.metrics()), metric))
          .as(metric.label() + " of " + found)
          .isCloseTo(value(real, metric), within(0.03));
    }
    assertThat(window().estimate().orElseThrow().contradicted()).isFalse();
  }

  @Test
  void estimate_isContradicted_onceTruthSaysOtherwiseForAWhile_seed9() {
    baseline = Optional.of(learnt());
    InferenceBatch batch = rows(2_000, 0);
    desk.predictions(batch);
    report(batch, true);

    assertThat(window().estimate().orElseThrow().contradicted()).isFalse();
    assertThat(window().estimate().orElseThrow().contradicted()).isFalse();
    assertThat(window().estimate().orElseThrow().contradicted()).as("third of three").isTrue();
  }

  @Test
  void estimate_thatMustNotBeShown_saysWhy() {
    desk.predictions(rows(10, 0));
    assertThat(window().estimate().orElseThrow().reason()).isEqualTo("uncalibrated");

    baseline = Optional.of(learnt());
    desk.predictions(rows(150, 0));
    assertThat(window().estimate().orElseThrow().reason()).isEqualTo("too_few_rows");

    InferenceBatch beyond = rows(300, 0);
    for (int row = 0; row < 60; row++) {
      column(beyond, Role.OUTPUT, "score").setNumber(row, 7);
    }
    desk.predictions(beyond);
    assertThat(window().estimate().orElseThrow().reason()).isEqualTo("outside_baseline");
  }

  @Test
  void groups_treatedUnequally_areToldWithTheirIntervals_seed9() {
    desk.predictions(rows(2_000, 0.4));

    FairnessReport fairness = window().fairness().get("gender");
    assertThat(fairness).isNotNull();
    if (fairness == null) {
      return;
    }
    assertThat(fairness.violated()).containsEntry(GroupRate.SELECTION, true);
    assertThat(fairness.metrics())
        .as("without truth only selection can be told")
        .containsOnlyKeys("demographic_parity_difference", "demographic_parity_ratio");
    FairnessReport.Difference difference = fairness.differences().get(0);
    assertThat(difference.group()).isEqualTo("f");
    assertThat(difference.value()).isNegative();
    assertThat(difference.upper()).isLessThan(-0.1);
  }

  @Test
  void smallGroups_saySizeAndNothingElse() {
    desk.predictions(rows(150, 0.4));

    FairnessReport fairness = window().fairness().get("gender");
    assertThat(fairness).isNotNull();
    if (fairness == null) {
      return;
    }
    assertThat(fairness.rows()).containsEntry("f", 75L).containsEntry("m", 75L);
    assertThat(fairness.rates()).isEmpty();
    assertThat(fairness.violated()).isEmpty();
  }

  @Test
  void mixOfSegments_isToldWithoutAnyTruth() {
    ModelTruthSettings bySex =
        new ModelTruthSettings(
            SETTINGS.output(),
            List.of(new Attribute("gender", true, false, List.of("f", "m"), "")));
    BaselineTruth truth =
        new BaselineTruth(
            "binary",
            List.of("0", "1"),
            0.5,
            0,
            Map.of(
                "all", List.of(70.0, 30.0, 30.0, 70.0),
                "gender=f", List.of(45.0, 5.0, 5.0, 45.0),
                "gender=m", List.of(25.0, 25.0, 25.0, 25.0)),
            Optional.empty());
    baseline =
        Optional.of(
            Baseline.of(MODEL, time.instant(), "test", 200, List.of())
                .withTruth(Optional.of(truth)));
    try (TruthDesk segmented =
        new TruthDesk(
            new TruthSettings(StoreSettings.defaults(), List.of(HOUR), key -> bySex, 5),
            new Known(),
            time)) {
      segmented.predictions(rows(400, 0));
      InferenceBatch women = rows(400, 0);
      for (int row = 0; row < 400; row++) {
        column(women, Role.INPUT, "gender").setText(row, "f");
      }
      segmented.predictions(women);

      TruthReport report =
          evaluator.evaluate(segmented.snapshots(), FairnessSettings.withDefaults());
      assertThat(report.models().get(0).windows().get(0).reweighted())
          .as("600 women at 0.9, 200 men at 0.5")
          .containsOnlyKeys("gender")
          .hasEntrySatisfying("gender", value -> assertThat(value).isCloseTo(0.8, within(1e-12)));
    }
  }

  @Test
  void groupsAndTolerance_areAsConfigured_seed9() {
    desk.predictions(rows(150, 0.4));

    TruthReport report =
        evaluator.evaluate(desk.snapshots(), new FairnessSettings(new GroupLimits(70, 30), 0.9));
    FairnessReport fairness = report.models().get(0).windows().get(0).fairness().get("gender");

    assertThat(fairness).isNotNull();
    if (fairness != null) {
      assertThat(fairness.rates()).as("75 rows are enough").hasSize(2);
      assertThat(fairness.violated()).containsEntry(GroupRate.SELECTION, false);
    }
  }

  @Test
  void performanceThatFell_isSurelyWorse_andOneThatDidNot_isNot_seed9() {
    baseline = Optional.of(learnt());
    InferenceBatch good = rows(2_000, 0);
    desk.predictions(good);
    assertThat(evaluator.evaluate(desk.snapshots(), FairnessSettings.withDefaults()).worse())
        .as("no truth, no word")
        .isEmpty();
    report(good, false);
    assertThat(evaluator.evaluate(desk.snapshots(), FairnessSettings.withDefaults()).worse())
        .containsEntry(MODEL, false);

    InferenceBatch bad = rows(2_000, 0);
    desk.predictions(bad);
    report(bad, true);
    assertThat(evaluator.evaluate(desk.snapshots(), FairnessSettings.withDefaults()).worse())
        .containsEntry(MODEL, true);
  }

  @Test
  void baselinePerformance_standsBesideTheWindows() {
    baseline = Optional.of(learnt());
    desk.predictions(rows(1, 0));

    var known =
        evaluator
            .evaluate(desk.snapshots(), FairnessSettings.withDefaults())
            .models()
            .get(0)
            .baseline();

    assertThat(known).containsOnlyKeys("all");
  }
}
