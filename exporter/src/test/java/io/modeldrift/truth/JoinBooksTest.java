package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.ManualTime;
import io.modeldrift.inference.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, every outcome and every prediction with an id is accounted for. */
class JoinBooksTest {

  private static final StoreSettings TIGHT =
      new StoreSettings(null, 40, 1 << 20, Duration.ofMinutes(30), Duration.ofMinutes(5));

  private final ManualTime time = new ManualTime();

  private static void step(Random random, Desk desk) {
    String id = "i" + random.nextInt(120);
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> desk.predict(id, random.nextDouble());
      case 4, 5, 6, 7 -> desk.report(id, random.nextInt(2));
      case 8 -> desk.report(id, new Value.Named("late"));
      case 9 -> desk.report(id, null);
      case 10 ->
          desk.report(
              Desk.truth(
                  random.nextBoolean() ? "credit" : "nobody",
                  random.nextBoolean() ? List.of() : List.of(id, "j" + random.nextInt(9)),
                  new Value.Flag(random.nextBoolean()),
                  random.nextBoolean() ? Map.of("", new Value.Numeric(0.4)) : Map.of()));
      default -> {
        desk.time.advance(Duration.ofSeconds(random.nextInt(120)));
        desk.desk.tend();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void books_balanceAfterEveryStep(long seed) {
    Random random = new Random(seed);
    try (Desk desk = Desk.binary(TIGHT, time)) {
      for (int i = 0; i < 3_000; i++) {
        step(random, desk);
        assertThat(desk.imbalance()).as("step %d of seed %d", i, seed).isEmpty();
        assertThat(desk.hasReceivedEverything()).as("step %d of seed %d", i, seed).isTrue();
      }
      assertThat(desk.count(TruthOutcome.MATCHED)).isPositive();
      assertThat(desk.count(TruthOutcome.LATE)).isPositive();
      assertThat(desk.count(TruthOutcome.ORPHAN)).isPositive();
      assertThat(desk.count(TruthOutcome.DUPLICATE_SAME)).isPositive();
      assertThat(desk.count(TruthOutcome.DUPLICATE_CONFLICT)).isPositive();
      assertThat(desk.count(PredictionOutcome.EXPIRED_AGE)).isPositive();
      assertThat(desk.count(PredictionOutcome.EXPIRED_CAPACITY)).isPositive();
      assertThat(desk.desk.store().entries()).isLessThanOrEqualTo(40);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void books_balanceAcrossRestartsAndKills(long seed, @TempDir Path directory) {
    Random random = new Random(seed);
    StoreSettings settings = TIGHT.withDirectory(directory);
    for (int run = 0; run < 6; run++) {
      Desk desk = Desk.binary(settings, time);
      assertThat(desk.imbalance()).isEmpty();
      for (int i = 0; i < 400; i++) {
        step(random, desk);
        assertThat(desk.imbalance()).as("run %d, step %d of seed %d", run, i, seed).isEmpty();
        assertThat(desk.hasReceivedEverything()).as("step %d of seed %d", i, seed).isTrue();
      }
      assertThat(desk.desk.store().state()).isEqualTo(StoreStatus.State.DISK);
      if (random.nextBoolean()) {
        desk.desk.flush();
        desk.desk.kill();
      } else {
        desk.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void books_balanceWhenTheDiskFails(long seed, @TempDir Path directory) {
    Random random = new Random(seed);
    try (Desk desk = Desk.binary(TIGHT.withDirectory(directory), time)) {
      for (int i = 0; i < 500; i++) {
        if (i == 250) {
          desk.desk.kill();
        }
        step(random, desk);
        assertThat(desk.imbalance()).as("step %d of seed %d", i, seed).isEmpty();
        assertThat(desk.hasReceivedEverything()).as("step %d of seed %d", i, seed).isTrue();
      }
      assertThat(desk.desk.store().state()).isEqualTo(StoreStatus.State.DEGRADED);
      assertThat(desk.count(PredictionOutcome.EXPIRED_STORE)).isPositive();
    }
  }
}
