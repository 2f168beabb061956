package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.ManualTime;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.statistics.PairedOutcomes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of a model that answer the same requests. */
class ShadowTest {

  private static final ModelKey SHADOW = new ModelKey("credit", "4");

  @TempDir private Path directory;
  private final InferenceBatch batch = new InferenceBatch();
  private Desk desk = Desk.binary();

  @AfterEach
  void close() {
    desk.close();
  }

  private void shadow(String id, double score) {
    batch.reset(SHADOW, BatchKind.PAIR, desk.time.instant());
    int row = batch.addRow();
    batch.setId(row, id);
    Column column = batch.column(Role.OUTPUT, "score");
    if (column != null) {
      column.setNumber(row, score);
    }
    desk.desk.predictions(batch);
  }

  private TruthSnapshot of(ModelKey model) {
    return desk.desk.snapshots().stream()
        .filter(snapshot -> snapshot.model().equals(model))
        .findFirst()
        .orElseThrow();
  }

  private long right(ModelKey model) {
    return Desk.in(of(model).scored().orElseThrow().segments(), TruthSnapshot.ALL)
        .matrix()
        .orElseThrow()
        .right();
  }

  @Test
  void outcomeOfARequest_countsForBothVersions_andTellsThemApart() {
    double[][] scores = {{0.9, 0.8}, {0.9, 0.1}, {0.2, 0.7}, {0.3, 0.4}, {0.9, 0.2}};
    for (int i = 0; i < scores.length; i++) {
      desk.predict("r" + i, scores[i][0]);
      shadow("r" + i, scores[i][1]);
      assertThat(desk.report("r" + i, 1)).isEqualTo("matched");
    }

    assertThat(right(Desk.CREDIT)).isEqualTo(3);
    assertThat(right(SHADOW)).isEqualTo(2);
    assertThat(of(Desk.CREDIT).paired())
        .containsOnlyKeys(SHADOW)
        .containsEntry(SHADOW, new PairedOutcomes(1, 2, 1, 1));
    assertThat(desk.imbalance()).isEmpty();
    assertThat(desk.count(TruthOutcome.MATCHED)).isEqualTo(10);
  }

  @Test
  void sameVersionTwice_isADuplicate_asIsAThirdAnswer() {
    desk.predict("a", 0.9);
    shadow("a", 0.9);
    desk.predict("a", 0.1);
    shadow("a", 0.1);

    assertThat(desk.count(PredictionOutcome.DUPLICATE)).isEqualTo(2);
    assertThat(desk.imbalance()).isEmpty();
  }

  @Test
  void shadowThatOutlivesTheFirstAnswer_isStillJoined() {
    desk.close();
    StoreSettings few = StoreSettings.defaults().withMaxEntries(1);
    desk = Desk.binary(few, new ManualTime());
    desk.predict("a", 0.9);
    shadow("a", 0.9);

    assertThat(desk.report("a", 1)).as("of the first one").isEqualTo("late");
    assertThat(right(SHADOW)).isEqualTo(1);
    assertThat(of(Desk.CREDIT).paired()).isEmpty();
    assertThat(desk.imbalance()).isEmpty();
  }

  @Test
  void bothAnswers_outliveARestart() {
    desk.close();
    StoreSettings store = StoreSettings.defaults().withDirectory(directory);
    desk = Desk.binary(store, new ManualTime());
    desk.predict("a", 0.9);
    shadow("a", 0.1);
    desk.close();

    desk = Desk.binary(store, new ManualTime());
    desk.time.advance(Duration.ofMinutes(1));
    desk.report("a", 1);

    assertThat(right(Desk.CREDIT)).isEqualTo(1);
    assertThat(right(SHADOW)).isZero();
    assertThat(of(Desk.CREDIT).paired()).containsKey(SHADOW);
  }
}
