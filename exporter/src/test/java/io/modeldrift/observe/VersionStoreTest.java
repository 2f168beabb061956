package io.modeldrift.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.ManualTime;
import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.IdText;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.statistics.Agreement;
import io.modeldrift.statistics.SequentialPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionStoreTest {

  private static final ModelKey CHAMPION = new ModelKey("credit", "1");
  private static final ModelKey CHALLENGER = new ModelKey("credit", "2");
  private static final Window WINDOW = new Window("3s", Duration.ofSeconds(3), 3);
  private static final VersionPair PAIR =
      new VersionPair(
          CHAMPION,
          CHALLENGER,
          new Agreement(0, 0.01),
          SequentialPlan.DEFAULT,
          Duration.ofSeconds(10),
          3);
  private static final BaselineColumn SCORE =
      new BaselineColumn(
          "score",
          Role.OUTPUT,
          NumericLayout.ofEdges(0, 50, 100),
          BinnedCounts.of(new long[] {0, 5, 5, 0, 0, 0}, new double[] {0, 125, 375, 0, 0, 0}),
          50,
          20,
          List.of(),
          1);
  private static final Baseline BASELINE =
      new Baseline("id", CHAMPION, Instant.EPOCH, "test", 10, List.of(SCORE));

  private final ManualTime time = new ManualTime();
  private Optional<Baseline> baseline = Optional.of(BASELINE);
  private final VersionStore store =
      new VersionStore(List.of(PAIR), List.of(WINDOW), model -> baseline, time);

  @Test
  void challenger_isCountedOverTheBinsOfTheChampion() {
    answer(CHALLENGER, "a", 10);
    answer(CHALLENGER, "b", 70);
    answer(CHALLENGER, "c", 70);
    answer(CHAMPION, "d", 10);

    assertThat(windowCounts())
        .isEqualTo(
            BinnedCounts.of(new long[] {0, 1, 2, 0, 0, 0}, new double[] {0, 10, 140, 0, 0, 0}));

    time.advance(Duration.ofSeconds(3));
    assertThat(windowCounts().total()).isZero();
  }

  @Test
  void twins_agreeWithinTheTolerance_whoeverAnswersFirst() {
    answer(CHAMPION, "a", 100);
    answer(CHALLENGER, "a", 101);
    answer(CHALLENGER, "b", 102);
    answer(CHAMPION, "b", 100);

    assertThat(snapshot().agreement()).containsEntry("score", new AgreementCounts(1, 1));
    assertThat(snapshot().waiting()).isZero();
  }

  @Test
  void rowsOfOneInference_areComparedOneByOne() {
    store.observe(batch(CHAMPION, BatchKind.RESPONSE, "a", 100, 50));
    store.observe(batch(CHALLENGER, BatchKind.RESPONSE, "a", 100, 70));

    assertThat(snapshot().agreement()).containsEntry("score", new AgreementCounts(1, 1));
    assertThat(snapshot().waiting()).isZero();
  }

  @Test
  void twinsUnderAnIdOfAnyLength_meet() {
    String id = "i".repeat(100_000);
    answer(CHAMPION, id, 100);
    answer(CHALLENGER, id, 100);

    assertThat(snapshot().agreement()).containsEntry("score", new AgreementCounts(1, 0));
    assertThat(batch(CHAMPION, BatchKind.RESPONSE, id, 1).id(0))
        .hasSizeLessThanOrEqualTo(IdText.MAX_CHARS);
  }

  @Test
  void answersWithoutTwin_expireOrAreEvicted_andAreCounted() {
    for (String id : List.of("a", "b", "c", "d")) {
      answer(CHAMPION, id, 1);
    }
    answer(CHAMPION, "d", 2);
    assertThat(snapshot().waiting()).isEqualTo(3);
    assertThat(snapshot().unpaired()).isEqualTo(1);

    time.advance(Duration.ofSeconds(11));

    assertThat(snapshot().waiting()).isZero();
    assertThat(snapshot().unpaired()).isEqualTo(4);
    answer(CHALLENGER, "b", 1);
    assertThat(snapshot().agreement()).isEmpty();
  }

  @Test
  void championThatLearns_leavesAgreementButNoDistribution() {
    baseline = Optional.empty();

    answer(CHAMPION, "a", 1);
    answer(CHALLENGER, "a", 1);

    assertThat(snapshot().columns()).isEmpty();
    assertThat(snapshot().windows()).isEmpty();
    assertThat(snapshot().agreement()).containsEntry("score", new AgreementCounts(1, 0));
  }

  @Test
  void newBaselineOfTheChampion_startsAfresh() {
    answer(CHALLENGER, "a", 10);
    baseline =
        Optional.of(new Baseline("other", CHAMPION, Instant.EPOCH, "test", 10, List.of(SCORE)));
    answer(CHALLENGER, "b", 70);

    assertThat(windowCounts().total()).isEqualTo(1);
  }

  @Test
  void otherVersionsAndRequests_areNotCounted() {
    answer(new ModelKey("credit", "3"), "a", 10);
    InferenceBatch request = batch(CHALLENGER, BatchKind.REQUEST, "b", 10);
    store.observe(request);

    assertThat(snapshot().windows()).isEmpty();
    assertThat(snapshot().waiting()).isZero();
  }

  @Test
  void versionAgainstItself_isRefused() {
    assertThatThrownBy(
            () ->
                new VersionPair(
                    CHAMPION,
                    CHAMPION,
                    Agreement.DEFAULT,
                    SequentialPlan.DEFAULT,
                    Duration.ofSeconds(1),
                    1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a version cannot be compared with itself");
  }

  private void answer(ModelKey model, String id, double score) {
    store.observe(batch(model, BatchKind.RESPONSE, id, score));
  }

  private InferenceBatch batch(ModelKey model, BatchKind kind, String id, double... scores) {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(model, kind, time.instant());
    for (double score : scores) {
      int row = batch.addRow();
      batch.setId(row, id);
      Objects.requireNonNull(batch.column(Role.OUTPUT, "score")).setNumber(row, score);
    }
    return batch;
  }

  private VersionSnapshot snapshot() {
    return store.snapshots().get(0);
  }

  private BinnedCounts windowCounts() {
    return snapshot().windows().get(0).counts().get(0);
  }
}
