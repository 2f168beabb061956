package io.modeldrift.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.ManualTime;
import io.modeldrift.baseline.Baseline;
import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Protocol;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.observe.VersionPair;
import io.modeldrift.observe.VersionSnapshot;
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.Agreement;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.statistics.SequentialDifference;
import io.modeldrift.statistics.SequentialPlan;
import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.OutputKind;
import io.modeldrift.truth.OutputSettings;
import io.modeldrift.truth.StoreSettings;
import io.modeldrift.truth.TruthDesk;
import io.modeldrift.truth.TruthSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionEvaluatorTest {

  private static final ModelKey CHAMPION = new ModelKey("credit", "1");
  private static final ModelKey CHALLENGER = new ModelKey("credit", "2");
  private static final VersionPair PAIR =
      new VersionPair(
          CHAMPION,
          CHALLENGER,
          Agreement.DEFAULT,
          SequentialPlan.DEFAULT,
          Duration.ofMinutes(1),
          100);
  private static final TruthDesk.Models MODELS =
      new TruthDesk.Models() {
        @Override
        public Set<ModelKey> known() {
          return Set.of(CHAMPION, CHALLENGER);
        }

        @Override
        public Optional<Baseline> baseline(ModelKey model) {
          return Optional.empty();
        }
      };

  private final VersionEvaluator evaluator = new VersionEvaluator();
  private TruthDesk desk = desk();

  private static TruthDesk desk() {
    ModelTruthSettings binary =
        new ModelTruthSettings(OutputSettings.defaults().withKind(OutputKind.BINARY), List.of());
    return new TruthDesk(
        new TruthSettings(
            StoreSettings.defaults(),
            List.of(new Window("1h", Duration.ofHours(1), 12)),
            key -> binary,
            5),
        MODELS,
        new ManualTime());
  }

  @AfterEach
  void close() {
    desk.close();
  }

  /** Outcomes with their prediction, of which so many are right. */
  private void outcomes(ModelKey version, int right, int wrong) {
    List<GroundTruth> truths = new ArrayList<>();
    for (int i = 0; i < right + wrong; i++) {
      truths.add(
          new GroundTruth(
              version.name(),
              version.version(),
              List.of(),
              0,
              new Value.Flag(i < right),
              Map.of(GroundTruth.SCORE, new Value.Numeric(0.9)),
              Map.of()));
    }
    report(truths);
  }

  private void report(List<GroundTruth> truths) {
    desk.truths(
        new Decoded.Truths(
            Protocol.GROUND_TRUTH, truths, truths.stream().map(each -> "").toList(), 0));
  }

  /** One request that both versions answer, and its outcome. */
  private void answeredByBoth() {
    for (ModelKey version : List.of(CHAMPION, CHALLENGER)) {
      InferenceBatch batch = new InferenceBatch();
      batch.reset(version, BatchKind.PAIR, Instant.EPOCH);
      int row = batch.addRow();
      batch.setId(row, "shared");
      Objects.requireNonNull(batch.column(Role.OUTPUT, "score")).setNumber(row, 0.9);
      desk.predictions(batch);
    }
    report(
        List.of(
            new GroundTruth(
                "credit", "", List.of("shared"), 0, new Value.Flag(true), Map.of(), Map.of())));
  }

  private Optional<SequentialDifference> accuracy() {
    VersionSnapshot pair = new VersionSnapshot(PAIR, List.of(), List.of(), Map.of(), 0, 0);
    VersionReport report =
        evaluator
            .evaluate(List.of(pair), List.of(), desk.snapshots(), EvaluationSettings.withDefaults())
            .get(0);
    return Optional.ofNullable(report.performance().get(PerformanceMetric.ACCURACY));
  }

  @Test
  void aFewRequestsAnsweredByBoth_doNotHideTheDifferenceOfAllOthers() {
    outcomes(CHAMPION, 900, 100);
    outcomes(CHALLENGER, 700, 300);
    double before = accuracy().orElseThrow().difference();

    answeredByBoth();

    assertThat(desk.snapshots()).anySatisfy(model -> assertThat(model.paired()).isNotEmpty());
    assertThat(accuracy().orElseThrow().difference()).isCloseTo(before, within(0.001));
  }

  @Test
  void smallestPValue_isThatOfTheOutcomesThatCount() {
    outcomes(CHAMPION, 900, 100);
    outcomes(CHALLENGER, 600, 400);
    double small = accuracy().orElseThrow().pValue();
    outcomes(CHALLENGER, 900, 0);
    assertThat(accuracy().orElseThrow().pValue()).as("it stays").isEqualTo(small);

    desk.close();
    desk = desk();
    outcomes(CHAMPION, 400, 100);
    outcomes(CHALLENGER, 400, 100);

    assertThat(accuracy().orElseThrow().pValue()).isGreaterThan(0.1);
  }

  @Test
  void countsThatBeginAnew_forgetWhatWasSeenBefore_evenWithNothingToSeeYet() {
    outcomes(CHAMPION, 900, 100);
    outcomes(CHALLENGER, 600, 400);
    accuracy();

    desk.close();
    desk = desk();
    assertThat(accuracy()).isEmpty();
    outcomes(CHAMPION, 4_000, 1_000);
    outcomes(CHALLENGER, 4_000, 1_000);

    assertThat(accuracy().orElseThrow().pValue()).isGreaterThan(0.1);
  }
}
