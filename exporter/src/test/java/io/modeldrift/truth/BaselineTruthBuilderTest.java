package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineMerge;
import io.modeldrift.baseline.BaselineReader;
import io.modeldrift.baseline.BaselineTruth;
import io.modeldrift.baseline.BaselineWriter;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BaselineTruthBuilderTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final ModelTruthSettings BINARY =
      new ModelTruthSettings(
          OutputSettings.defaults().withKind(OutputKind.BINARY).withScore("score"),
          List.of(new Attribute("channel", true, false, List.of("web", "shop"), "")));

  private static final ModelTruthSettings REGRESSION =
      new ModelTruthSettings(
          OutputSettings.defaults().withKind(OutputKind.REGRESSION).withScore("delay"), List.of());

  /** Scores that are probabilities, half of them from the web. */
  private static Baseline built(long seed, int rows) {
    Random random = new Random(seed);
    Baseline bare = Baseline.of(ModelKey.of("credit"), NOW, "test", rows, List.of());
    BaselineTruthBuilder builder = new BaselineTruthBuilder(BINARY, bare);
    InferenceBatch batch = new InferenceBatch();
    batch.reset(ModelKey.of("credit"), BatchKind.PAIR, NOW);
    for (int i = 0; i < rows; i++) {
      int row = batch.addRow();
      double score = random.nextInt(100) / 100.0;
      column(batch, Role.OUTPUT, "score").setNumber(row, score);
      column(batch, Role.INPUT, "channel").setText(row, i % 2 == 0 ? "web" : "shop");
      column(batch, Role.INPUT, "defaulted").setNumber(row, random.nextDouble() < score ? 1 : 0);
    }
    builder.add(batch, "defaulted");
    return builder.build();
  }

  private static Column column(InferenceBatch batch, Role role, String name) {
    Column column = batch.column(role, name);
    if (column == null) {
      throw new AssertionError("no column");
    }
    return column;
  }

  private static BaselineTruth truth(Baseline baseline) {
    return baseline.truth().orElseThrow();
  }

  private static double sum(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).sum();
  }

  @Test
  void rows_areCountedByTruthPredictionAndScore() {
    BaselineTruth truth = truth(built(1, 4_000));

    assertThat(truth.classes()).containsExactly("0", "1");
    assertThat(truth.segments()).containsOnlyKeys("all", "channel=web", "channel=shop");
    assertThat(sum(Desk.in(truth.segments(), "all"))).isEqualTo(4_000);
    BaselineTruth.Scores scores = truth.scores().orElseThrow();
    assertThat(sum(scores.positives()) + sum(scores.negatives())).isEqualTo(4_000);
    assertThat(scores.edges()).contains(0.5);
  }

  @Test
  void file_keepsEverything_andRefusesWhatWasChanged() throws Exception {
    Baseline built = built(2, 500);
    String json = BaselineWriter.toJson(built);

    Baseline read = BaselineReader.parse(json.getBytes(StandardCharsets.UTF_8), "test");

    assertThat(read).isEqualTo(built);
    assertThat(read.id()).isNotEqualTo(built.withTruth(Optional.empty()).id());
  }

  @Test
  void partsOverTheSameBins_addUp() {
    Baseline one = built(3, 3_000);
    Baseline merged = BaselineMerge.of(List.of(one, one), NOW);

    assertThat(sum(Desk.in(truth(merged).segments(), "all"))).isEqualTo(6_000);
    assertThat(BaselineMerge.of(List.of(one, built(4, 50)), NOW).truth())
        .as("bins differ")
        .isEmpty();
  }

  @Test
  void calibratedScores_areUsedAsTheyAre_othersAreNot() {
    ScoreBasis basis = ScoreBasis.of(BINARY.output(), built(5, 20_000));

    assertThat(basis.calibration().orElseThrow().isIdentity()).isTrue();
    assertThat(basis.reason()).isEmpty();
    assertThat(ScoreBasis.of(BINARY.output(), null).reason())
        .contains(ScoreBasis.Unusable.UNCALIBRATED);
    assertThat(ScoreBasis.of(BINARY.output().withCalibrated(true), null).reason()).isEmpty();
  }

  @Test
  void baselineOfOneClass_isDegenerate() {
    Baseline bare = Baseline.of(ModelKey.of("credit"), NOW, "test", 10, List.of());
    BaselineTruthBuilder builder = new BaselineTruthBuilder(BINARY, bare);
    InferenceBatch batch = new InferenceBatch();
    batch.reset(ModelKey.of("credit"), BatchKind.PAIR, NOW);
    for (int i = 0; i < 10; i++) {
      int row = batch.addRow();
      column(batch, Role.OUTPUT, "score").setNumber(row, i / 10.0);
      column(batch, Role.INPUT, "defaulted").setBoolean(row, false);
    }
    builder.add(batch, "defaulted");

    assertThat(ScoreBasis.of(BINARY.output(), builder.build()).reason())
        .contains(ScoreBasis.Unusable.DEGENERATE);
  }

  @Test
  void baselineTallies_giveBackThePerformance() {
    Baseline built = built(6, 8_000);
    Scorer scorer = Scorer.of(BINARY.output(), built).orElseThrow();

    Tally all = Desk.in(BaselineTallies.of(built, scorer), "all");

    assertThat(all.rows()).isEqualTo(8_000);
    double auc = all.scores().orElseThrow().ranking().rocAuc().value().asOptional().orElseThrow();
    assertThat(auc).as("of uniform calibrated scores").isCloseTo(5 / 6.0, within(0.02));
  }

  /** Predictions that miss by 0 to 99. */
  private static Baseline numbers() {
    Baseline bare = Baseline.of(Desk.CREDIT, NOW, "test", 1_000, List.of());
    BaselineTruthBuilder builder = new BaselineTruthBuilder(REGRESSION, bare);
    InferenceBatch batch = new InferenceBatch();
    batch.reset(Desk.CREDIT, BatchKind.PAIR, NOW);
    for (int i = 0; i < 1_000; i++) {
      int row = batch.addRow();
      column(batch, Role.OUTPUT, "delay").setNumber(row, 100);
      column(batch, Role.INPUT, "arrived").setNumber(row, 100 + i % 100 * (i % 2 == 0 ? 1 : -1));
    }
    builder.add(batch, "arrived");
    return builder.build();
  }

  @Test
  void numbers_keepALargeError_whichAFileNeedNotHave_andAMergeLeavesOut() throws Exception {
    Baseline built = numbers();
    assertThat(truth(built).largeError()).hasValue(98);
    assertThat(truth(built).scores()).isEmpty();

    String json = BaselineWriter.toJson(built);
    assertThat(BaselineReader.parse(json.getBytes(StandardCharsets.UTF_8), "test"))
        .isEqualTo(built);
    assertThat(truth(BaselineMerge.of(List.of(built, built), NOW)).largeError()).isEmpty();
    Baseline without = BaselineMerge.of(List.of(built, built), NOW);
    String older = BaselineWriter.toJson(without);
    assertThat(older).doesNotContain("large_error");
    assertThat(BaselineReader.parse(older.getBytes(StandardCharsets.UTF_8), "test"))
        .isEqualTo(without);
  }

  @Test
  void detectorOfNumbers_isScaledByTheBaselinesErrors() {
    ModelTruth live = new ModelTruth(Desk.CREDIT, REGRESSION, Desk.WINDOWS, 0);
    live.compareWith(numbers(), 0);
    live.score(new Prediction(100, null), List.of(), new Value.Numeric(51), 0);

    DetectorReading reading =
        live.snapshot(new JoinCounts.Counter().snapshot(), 0, false).detectors().get(0);

    assertThat(reading.state()).isEqualTo(DetectorReading.State.STABLE);
    assertThat(reading.estimate().asOptional()).hasValue(0.5);
  }
}
