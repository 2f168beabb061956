package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeJoinsTest {

  private static final ModelKey MODEL = ModelKey.of("m");
  private static final Value YES = new Value.Flag(true);

  @TempDir private Path directory;

  /** Joins of whoever scores them wrongly. */
  private static final class Bug implements JoinTable.Joins {

    @Override
    public boolean fits(ModelKey model, Prediction prediction, Value outcome) {
      return true;
    }

    @Override
    public void joined(ModelKey model, StoredPrediction prediction, Value outcome, long lag) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public void joined(
        ModelKey first,
        StoredPrediction ofFirst,
        ModelKey second,
        StoredPrediction ofSecond,
        Value outcome) {}
  }

  private SafeJoins onDisk() {
    return new SafeJoins(
        StoreSettings.defaults().withDirectory(directory), new Bug(), Instant.EPOCH);
  }

  private static @Nullable TruthOutcome report(SafeJoins joins, long hash) {
    return joins.truth(
        MODEL, table -> table.offer(MODEL, Set.of(MODEL), new long[] {hash}, YES, 1_000));
  }

  @Test
  void bugWhileScoring_isNotTakenForADiskThatFails() {
    try (SafeJoins joins = onDisk()) {
      joins.offer(MODEL, 7, 0, 0, new Prediction(0.9, null), List.of());

      assertThatThrownBy(() -> report(joins, 7)).isInstanceOf(IllegalStateException.class);
      assertThat(joins.status().state()).isEqualTo(StoreStatus.State.DISK);
    }
  }

  @Test
  void outcomeDuringWhichTheDiskFails_isAnOrphanAndCountedOnce() {
    try (SafeJoins joins = onDisk()) {
      joins.offer(MODEL, 7, 0, 0, new Prediction(0.9, null), List.of());
      joins.store().closeImmediately();

      assertThat(report(joins, 7)).isEqualTo(TruthOutcome.ORPHAN);
      assertThat(joins.status().state()).isEqualTo(StoreStatus.State.DEGRADED);
      assertThat(joins.books().counts())
          .hasEntrySatisfying(
              MODEL,
              counts -> {
                assertThat(counts.truths()).isEqualTo(1);
                assertThat(counts.count(TruthOutcome.ORPHAN)).isEqualTo(1);
                assertThat(counts.count(PredictionOutcome.EXPIRED_STORE)).isEqualTo(1);
              });
    }
  }
}
