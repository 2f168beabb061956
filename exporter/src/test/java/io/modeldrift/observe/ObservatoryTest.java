package io.modeldrift.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.ManualTime;
import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObservatoryTest {

  private static final ModelKey CREDIT = ModelKey.of("credit");

  private final ManualTime time = new ManualTime();
  private final InferenceBatch batch = new InferenceBatch();

  private Observatory observatory(int learningRows, int maxModels, @Nullable Baseline baseline) {
    ObserveSettings defaults = ObserveSettings.defaults();
    ObserveSettings.Model model =
        new ObserveSettings.Model(baseline, BaselineSettings.withDefaults(), Map.of());
    return new Observatory(
        new ObserveSettings(defaults.windows(), learningRows, maxModels, key -> model), time);
  }

  private InferenceBatch ages(ModelKey model, int from, int to) {
    batch.reset(model, BatchKind.REQUEST, time.instant());
    for (int age = from; age < to; age++) {
      Objects.requireNonNull(batch.column(Role.INPUT, "age")).setNumber(batch.addRow(), age);
    }
    return batch;
  }

  private static ModelSnapshot only(List<ModelSnapshot> snapshots) {
    assertThat(snapshots).hasSize(1);
    return snapshots.get(0);
  }

  @Test
  void unknownModel_learnsFromItsFirstRows() {
    Observatory observatory = observatory(100, 5, null);

    observatory.observe(ages(CREDIT, 0, 60), "v1");

    assertThat(only(observatory.counters()))
        .isInstanceOfSatisfying(
            ModelSnapshot.Learning.class,
            learning -> {
              assertThat(learning.learned()).isEqualTo(60);
              assertThat(learning.target()).isEqualTo(100);
              assertThat(learning.facts().rows()).isEqualTo(60);
              assertThat(learning.facts().payloads()).containsEntry("v1", 1L);
            });
  }

  @Test
  void learnedBaseline_countsFromZeroOverItsOwnBins() {
    Observatory observatory = observatory(100, 5, null);
    observatory.observe(ages(CREDIT, 0, 100), "v1");

    ModelSnapshot.Ready learned = (ModelSnapshot.Ready) only(observatory.snapshots());
    assertThat(learned.baseline().rows()).isEqualTo(100);
    assertThat(learned.baseline().source()).isEqualTo("traffic");
    assertThat(learned.columns().get(0).total()).isZero();

    observatory.observe(ages(CREDIT, 0, 10), "v1");

    ModelSnapshot.Ready ready = (ModelSnapshot.Ready) only(observatory.snapshots());
    BinnedCounts lowest = ready.columns().get(0);
    assertThat(lowest.total()).isEqualTo(10);
    assertThat(ready.windows()).extracting(WindowSnapshot::rows).containsExactly(10L, 10L, 10L);
    assertThat(ready.facts().rows()).isEqualTo(110);
  }

  @Test
  void outlierScores_ofTheLearnedRowsThemselves_areTheBaselines() {
    Observatory observatory = observatory(300, 5, null);
    Random random = new Random(7);
    batch.reset(CREDIT, BatchKind.REQUEST, time.instant());
    for (int i = 0; i < 300; i++) {
      int row = batch.addRow();
      if (i % 50 != 0) {
        Objects.requireNonNull(batch.column(Role.INPUT, "age"))
            .setNumber(row, random.nextGaussian());
      }
      Objects.requireNonNull(batch.column(Role.INPUT, "zone"))
          .setText(row, "z" + random.nextInt(4));
    }

    observatory.observe(batch, "v1");
    observatory.observe(batch, "v1");

    ModelSnapshot.Ready ready = (ModelSnapshot.Ready) only(observatory.counters());
    BaselineColumn score = ready.baseline().columns().get(2);
    assertThat(score.name()).isEqualTo("outlier_score");
    assertThat(score.role()).isEqualTo(Role.DERIVED);
    assertThat(ready.columns().get(2).toArray()).isEqualTo(score.counts().toArray());
    assertThat(ready.columns().get(2).total()).isEqualTo(300);
    assertThat(OutlierScore.firstOutlierBin(score)).isBetween(10, score.layout().valueBins() - 1);
  }

  @Test
  void oneModelTooMany_isRefusedAndCounted() {
    Observatory observatory = observatory(100, 2, null);

    assertThat(observatory.observe(ages(ModelKey.of("a"), 0, 1), "v1")).isTrue();
    assertThat(observatory.observe(ages(ModelKey.of("b"), 0, 1), "v1")).isTrue();
    assertThat(observatory.observe(ages(ModelKey.of("c"), 0, 7), "v1")).isFalse();
    assertThat(observatory.observe(ages(ModelKey.of("a"), 0, 1), "v1")).isTrue();

    assertThat(observatory.refusedRows()).isEqualTo(7);
    assertThat(observatory.counters()).hasSize(2);
  }

  @Test
  void columnsThatTrafficTeaches_areBoundedByTheHeap() {
    Observatory observatory =
        new Observatory(ObserveSettings.defaults(), 1_000_000, time); // ten columns
    assertThat(observatory.observe(wide(new ModelKey("a", "1"), 6), "v1")).isTrue();

    assertThat(observatory.observe(wide(new ModelKey("b", "1"), 6), "v1")).isFalse();
    assertThat(observatory.tooWideRows()).isEqualTo(1);
    assertThat(observatory.observe(wide(new ModelKey("b", "1"), 4), "v1")).isTrue();
    assertThat(observatory.observe(wide(new ModelKey("a", "1"), 6), "v1")).isTrue();
    assertThat(observatory.observe(wide(new ModelKey("a", "1"), 7), "v1")).isFalse();
  }

  private InferenceBatch wide(ModelKey model, int columns) {
    batch.reset(model, BatchKind.REQUEST, time.instant());
    int row = batch.addRow();
    for (int i = 0; i < columns; i++) {
      Objects.requireNonNull(batch.column(Role.INPUT, "x" + i)).setNumber(row, i);
    }
    return batch;
  }

  @Test
  void modelsThatLearnAtOnce_shareTheHeap_andLearnFromFewerRows() {
    Observatory observatory = new Observatory(ObserveSettings.defaults(), 320_000, time);
    ModelKey first = new ModelKey("a", "1");
    observatory.observe(ages(first, 0, 2_000), "v1"); // 36 of 40 kB
    assertThat(only(observatory.counters())).isInstanceOf(ModelSnapshot.Learning.class);

    observatory.observe(ages(new ModelKey("b", "1"), 0, 10), "v1");
    observatory.observe(ages(first, 0, 1), "v1");

    assertThat(observatory.counters())
        .satisfiesExactly(
            ready ->
                assertThat(ready)
                    .isInstanceOfSatisfying(
                        ModelSnapshot.Ready.class,
                        model -> assertThat(model.baseline().rows()).isEqualTo(2_001)),
            learning -> assertThat(learning).isInstanceOf(ModelSnapshot.Learning.class));
  }

  @Test
  void expectedModel_hasZerosBeforeItsFirstRow() {
    Observatory teacher = observatory(100, 5, null);
    teacher.observe(ages(CREDIT, 0, 100), "v1");
    Baseline baseline = ((ModelSnapshot.Ready) only(teacher.counters())).baseline();
    Observatory observatory = observatory(100, 5, baseline);

    observatory.expect(CREDIT);

    ModelSnapshot.Ready ready = (ModelSnapshot.Ready) only(observatory.counters());
    assertThat(ready.columns().get(0).total()).isZero();
    assertThat(ready.windows()).isEmpty();
  }

  @Test
  void expectedModelWithoutVersion_makesWayForTheVersionsThatCome() {
    Observatory observatory = observatory(100, 5, null);
    observatory.expect(CREDIT);

    observatory.observe(ages(new ModelKey("credit", "3"), 0, 1), "v1");

    assertThat(only(observatory.counters()).model()).isEqualTo(new ModelKey("credit", "3"));
  }

  @Test
  void usedModelWithoutVersion_stays() {
    Observatory observatory = observatory(100, 5, null);
    observatory.observe(ages(CREDIT, 0, 1), "v1");

    observatory.observe(ages(new ModelKey("credit", "3"), 0, 1), "v1");

    assertThat(observatory.counters()).hasSize(2);
  }

  @Test
  void expectedModelThatMakesWayWhileItsFirstRowComes_losesNoRow() throws Exception {
    for (int round = 0; round < 500; round++) {
      Observatory observatory = observatory(100, 5, null);
      observatory.expect(CREDIT);
      CyclicBarrier together = new CyclicBarrier(2);
      Thread other =
          new Thread(() -> observeOne(observatory, new ModelKey("credit", "3"), together));
      other.start();
      observeOne(observatory, CREDIT, together);
      other.join();

      assertThat(observatory.counters().stream().mapToLong(model -> model.facts().rows()).sum())
          .as("round %d", round)
          .isEqualTo(2);
    }
  }

  private static void observeOne(Observatory observatory, ModelKey model, CyclicBarrier together) {
    InferenceBatch row = new InferenceBatch();
    row.reset(model, BatchKind.REQUEST, Instant.EPOCH);
    Objects.requireNonNull(row.column(Role.INPUT, "age")).setNumber(row.addRow(), 30);
    try {
      together.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new AssertionError(e);
    }
    observatory.observe(row, "v1");
  }
}
