package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.ManualTime;
import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.statistics.BinaryConfusion;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import io.modeldrift.truth.ModelTruthSettings.Crossing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthDeskTest {

  private static final StoreSettings SETTINGS =
      new StoreSettings(null, 1_000, 1 << 20, Duration.ofDays(1), Duration.ofHours(1));

  private final ManualTime time = new ManualTime();

  @Test
  void outcome_ofAWaitingPrediction_isMatchedAndScored() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      desk.predict("a", 0.9);
      time.advance(Duration.ofMinutes(20));

      assertThat(desk.report("a", 1)).isEqualTo("matched");

      TruthSnapshot credit = desk.credit();
      assertThat(credit.joins().coverage()).isEqualTo(1);
      assertThat(credit.delays().seconds()).isEqualTo(1200);
      assertThat(desk.scored()).isEqualTo(1);
    }
  }

  @Test
  void outcome_beforeItsPrediction_waitsForIt() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      assertThat(desk.report("a", 1)).isEqualTo("waiting");
      time.advance(Duration.ofMinutes(59));
      desk.predict("a", 0.2);

      assertThat(desk.count(TruthOutcome.MATCHED)).isEqualTo(1);
      assertThat(desk.scored()).isEqualTo(1);
      assertThat(desk.credit().delays().seconds()).as("a delay is never negative").isZero();
    }
  }

  @Test
  void outcome_withoutAPredictionInTime_isAnOrphan() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      desk.report("a", 1);
      time.advance(Duration.ofHours(1));
      desk.desk.tend();

      assertThat(desk.count(TruthOutcome.ORPHAN)).isEqualTo(1);
      desk.predict("a", 0.2);
      assertThat(desk.report("a", 1)).as("the id is free again").isEqualTo("matched");
    }
  }

  @Test
  void outcome_reportedTwice_countsOnce_andAContradictionIsTold() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      desk.predict("a", 0.9);
      desk.report("a", 1);

      assertThat(desk.report("a", new Value.Named("1"))).isEqualTo("duplicate");
      assertThat(desk.report("a", 0)).isEqualTo("duplicate conflict");

      assertThat(desk.scored()).isEqualTo(1);
      assertThat(desk.count(TruthOutcome.DUPLICATE_SAME)).isEqualTo(1);
      assertThat(desk.count(TruthOutcome.DUPLICATE_CONFLICT)).isEqualTo(1);
    }
  }

  @Test
  void outcome_ofAnExpiredPrediction_isLate_untilThatIsForgotten() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      desk.predict("a", 0.9);
      time.advance(Duration.ofDays(1));

      assertThat(desk.report("a", 1)).isEqualTo("late");
      time.advance(Duration.ofDays(1));
      assertThat(desk.report("a", 1)).isEqualTo("waiting");
      assertThat(desk.count(PredictionOutcome.EXPIRED_AGE)).isEqualTo(1);
    }
  }

  @Test
  void outcome_ofAnotherType_isRejected_andThePredictionGoesOnWaiting() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      desk.predict("a", 0.9);

      assertThat(desk.report("a", new Value.Named("late"))).isEqualTo("rejected wrong_type");
      assertThat(desk.report("a", 0.5)).isEqualTo("rejected wrong_type");
      assertThat(desk.report("a", null)).isEqualTo("rejected missing");
      assertThat(desk.report("a", new Value.Flag(true))).isEqualTo("matched");
    }
  }

  @Test
  void outcome_ofAnotherTypeThatCameFirst_isRejectedWhenItsPredictionComes() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      desk.report("a", new Value.Named("late"));
      desk.predict("a", 0.9);

      assertThat(desk.count(TruthOutcome.REJECTED_TYPE)).isEqualTo(1);
      assertThat(desk.report("a", 1)).isEqualTo("matched");
    }
  }

  @Test
  void outcome_forAModelThatNobodyKnows_isRejected() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      assertThat(desk.report(Desk.truth("other", List.of("a"), new Value.Flag(true), Map.of())))
          .isEqualTo("rejected unknown_model");
    }
  }

  @Test
  void outcome_withoutAModel_isLookedUpInAll() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      desk.predict("a", 0.9);

      assertThat(desk.report(Desk.truth("", List.of("x", "a"), new Value.Flag(true), Map.of())))
          .isEqualTo("matched");
    }
  }

  @Test
  void inlinePrediction_isScoredAtOnce_andOnceOnly() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      Map<String, Value> prediction = Map.of("", new Value.Numeric(0.8));
      Value yes = new Value.Flag(true);

      assertThat(desk.report(Desk.truth("credit", List.of(), yes, prediction))).isEqualTo("inline");
      assertThat(desk.report(Desk.truth("credit", List.of("a"), yes, prediction)))
          .isEqualTo("inline");
      assertThat(desk.report(Desk.truth("credit", List.of("a"), yes, prediction)))
          .isEqualTo("duplicate");

      assertThat(desk.scored()).isEqualTo(2);
    }
  }

  @Test
  void predictions_beyondTheLimit_expireOldestFirst() {
    try (Desk desk = Desk.binary(SETTINGS.withMaxEntries(10), time)) {
      for (int i = 0; i < 15; i++) {
        desk.predict("p" + i, 0.5);
      }

      assertThat(desk.count(PredictionOutcome.EXPIRED_CAPACITY)).isEqualTo(5);
      assertThat(desk.report("p4", 1)).isEqualTo("late");
      assertThat(desk.report("p5", 1)).isEqualTo("matched");
      assertThat(desk.credit().joins().coverage()).isCloseTo(1 / 6.0, within(1e-12));
    }
  }

  @Test
  void bytes_areBoundedToo() {
    try (Desk desk = Desk.binary(SETTINGS.withMaxBytes(20_000), time)) {
      for (int i = 0; i < 1_000; i++) {
        desk.predict("p" + i, 0.5);
      }

      assertThat(desk.desk.store().bytes()).isLessThanOrEqualTo(20_000);
      assertThat(desk.count(PredictionOutcome.EXPIRED_CAPACITY)).isPositive();
    }
  }

  @Test
  void aMillionOutcomesNeverPredicted_takeTheRoomOfAFew() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      desk.predict("mine", 0.9);
      for (int i = 0; i < 1_000_000; i++) {
        desk.report("nobody" + i, 1);
      }

      assertThat(desk.credit().joins().waitingTruths()).isEqualTo(100);
      assertThat(desk.count(TruthOutcome.ORPHAN)).isEqualTo(999_900);
      assertThat(desk.report("mine", 1)).as("nothing else is lost").isEqualTo("matched");
    }
  }

  @Test
  void clockOfTheSender_changesNothingButTheDelay() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      time.advance(Duration.ofDays(-400));
      desk.predict("a", 0.9);
      time.advance(Duration.ofDays(-1));

      assertThat(desk.report("a", 1)).isEqualTo("matched");
      assertThat(desk.credit().delays().seconds()).isZero();
    }
  }

  @Test
  void predictionWithAnIdThatWaits_isADuplicate() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      desk.predict("a", 0.9);
      desk.predict("a", 0.1);

      assertThat(desk.count(PredictionOutcome.DUPLICATE)).isEqualTo(1);
      desk.report("a", 1);
      assertThat(confusion(desk)).as("the first stays").isEqualTo(new BinaryConfusion(1, 0, 0, 0));
    }
  }

  private static BinaryConfusion confusion(Desk desk) {
    Map<String, Tally> segments = desk.credit().scored().orElseThrow().segments();
    return Desk.in(segments, TruthSnapshot.ALL).binary().orElseThrow();
  }

  @Test
  void windows_forgetWhatTheTotalKeeps() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      desk.predict("a", 0.9);
      desk.report("a", 1);
      time.advance(Duration.ofMinutes(6));
      desk.predict("b", 0.9);
      desk.report("b", 0);

      TruthSnapshot.Scored scored = desk.credit().scored().orElseThrow();
      assertThat(Desk.in(scored.segments(), TruthSnapshot.ALL).rows()).isEqualTo(2);
      assertThat(Desk.in(scored.windows().get(0).segments(), TruthSnapshot.ALL).rows())
          .isEqualTo(1);
      assertThat(Desk.in(scored.windows().get(1).segments(), TruthSnapshot.ALL).rows())
          .isEqualTo(2);
    }
  }

  @Test
  void segmentsAndGroups_areToldApart() {
    OutputSettings output = OutputSettings.defaults().withKind(OutputKind.BINARY);
    Attribute channel = new Attribute("channel", true, false, List.of("web", "shop"), "");
    Attribute gender = new Attribute("gender", false, true, List.of("f", "m"), "m");
    ModelTruthSettings settings = new ModelTruthSettings(output, List.of(channel, gender));
    try (Desk desk = new Desk(SETTINGS, settings, time)) {
      desk.predict("a", 0.9, "channel", "web", "gender", "f");
      desk.predict("b", 0.1, "channel", "phone", "gender", "m");
      desk.predict(null, 0.8, "channel", "web", "gender", "m");
      desk.report("a", 1);
      desk.report("b", 1);

      TruthSnapshot.Scored scored = desk.credit().scored().orElseThrow();
      assertThat(scored.segments())
          .containsOnlyKeys(TruthSnapshot.ALL, "channel=web", "channel=__other__");
      assertThat(Desk.in(scored.segments(), "channel=web").rows()).isEqualTo(1);
      Map<String, GroupTally> groups = Desk.in(scored.groups(), "gender");
      assertThat(Desk.in(groups, "m").predictions(1)).as("without an id or outcome").isEqualTo(1);
      assertThat(Desk.in(groups, "m").rows()).isEqualTo(2);
      assertThat(Desk.in(groups, "m").outcomes().count(1, 0)).isEqualTo(1);
      assertThat(Desk.in(groups, "f").outcomes().count(1, 1)).isEqualTo(1);
    }
  }

  @Test
  void crossedColumns_areGroupsToo() {
    OutputSettings output = OutputSettings.defaults().withKind(OutputKind.BINARY);
    Attribute gender = new Attribute("gender", false, true, List.of("f", "m"), "m");
    Attribute age = new Attribute("age", false, true, List.of("old", "young"), "young");
    Crossing both = new Crossing(List.of("gender", "age"));
    ModelTruthSettings settings =
        new ModelTruthSettings(
            output, List.of(gender, age), List.of(both), DetectorSettings.defaults());
    try (Desk desk = new Desk(SETTINGS, settings, time)) {
      desk.predict("a", 0.1, "gender", "f", "age", "old");
      desk.predict("b", 0.9, "gender", "f", "age", "young");
      desk.predict("c", 0.9, "gender", "m");
      desk.report("a", 1);

      TruthSnapshot.Scored scored = desk.credit().scored().orElseThrow();
      Map<String, GroupTally> groups = Desk.in(scored.groups(), "gender & age");
      assertThat(groups).containsOnlyKeys("f & old", "f & young", "__missing__");
      assertThat(Desk.in(groups, "f & old").predictions(0)).isEqualTo(1);
      assertThat(Desk.in(groups, "f & old").outcomes().count(1, 0)).isEqualTo(1);
      assertThat(Desk.in(groups, "f & young").outcomes().rows()).isZero();
      assertThat(Desk.in(scored.groups(), "gender")).containsOnlyKeys("f", "m");
      assertThat(scored.references())
          .containsEntry("gender", "m")
          .containsEntry("gender & age", "m & young");
    }
  }

  @Test
  void modelThatNobodyDescribed_isJoinedButNotScored() {
    try (Desk desk = new Desk(SETTINGS, ModelTruthSettings.defaults(), time)) {
      desk.predict("a", 0.9);

      assertThat(desk.report("a", 1)).isEqualTo("matched");
      assertThat(desk.credit().scored()).isEmpty();
      assertThat(desk.credit().unscored()).containsEntry(Unscored.UNKNOWN_OUTPUT, 1L);
    }
  }

  @Test
  void scoreThatIsNoProbability_isNotScored() {
    try (Desk desk = Desk.binary(SETTINGS, time)) {
      desk.predict("a", 1.5);
      desk.report("a", 1);

      assertThat(desk.scored()).isZero();
      assertThat(desk.credit().unscored()).containsEntry(Unscored.NO_PREDICTION, 1L);
    }
  }

  @ParameterizedTest
  @CsvSource({"1.7e308, -1.7e308", "1e200, 1", "1, 1e200", "1, 5e-324"})
  void extremeNumbers_areMatched_butNotSummed(double prediction, double truth) {
    try (Desk desk = regression()) {
      desk.predict("a", prediction);
      desk.report("early", truth);
      desk.predict("b", 3);

      assertThat(desk.report("a", truth)).isEqualTo("matched");
      desk.predict("early", prediction);
      assertThat(desk.report("b", 2)).isEqualTo("matched");

      assertThat(desk.imbalance()).isEmpty();
      assertThat(desk.count(TruthOutcome.MATCHED)).isEqualTo(3);
      assertThat(desk.credit().unscored()).containsEntry(Unscored.EXTREME, 2L);
      assertThat(desk.scored()).isEqualTo(1);
      try (Desk restored = regression()) {
        restored.desk.restore(new StateInput(saved(desk)), true);
        assertThat(restored.scored()).isEqualTo(1);
      } catch (SnapshotException e) {
        throw new AssertionError(e);
      }
    }
  }

  private Desk regression() {
    OutputSettings output = OutputSettings.defaults().withKind(OutputKind.REGRESSION);
    return new Desk(SETTINGS, new ModelTruthSettings(output, List.of()), time);
  }

  private static byte[] saved(Desk desk) {
    List<byte[]> sections = new ArrayList<>();
    try {
      desk.desk.save(section -> sections.add(section.toBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sections.get(0);
  }

  @Test
  void killedProcess_keepsWhatWasFlushed(@TempDir Path directory) {
    StoreSettings onDisk = SETTINGS.withDirectory(directory);
    Desk first = Desk.binary(onDisk, time);
    for (int i = 0; i < 500; i++) {
      first.predict("p" + i, 0.9);
    }
    for (int i = 0; i < 200; i++) {
      first.report("p" + i, 1);
    }
    first.desk.flush();
    first.predict("after", 0.9);
    first.desk.kill();

    try (Desk second = Desk.binary(onDisk, time)) {
      for (int i = 0; i < 200; i++) {
        assertThat(second.report("p" + i, 1)).isEqualTo("duplicate");
      }
      for (int i = 200; i < 500; i++) {
        assertThat(second.report("p" + i, 1)).isEqualTo("matched");
      }
      assertThat(second.desk.store().state()).isEqualTo(StoreStatus.State.DISK);
    }
  }

  @Test
  void corruptFile_isSetAside_andANewOneBegun(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("predictions.mv"), "nothing that a store would write");

    try (Desk desk = Desk.binary(SETTINGS.withDirectory(directory), time)) {
      desk.predict("a", 0.9);
      assertThat(desk.report("a", 1)).isEqualTo("matched");

      assertThat(desk.desk.store().setAside()).isEqualTo(1);
      assertThat(desk.desk.store().state()).isEqualTo(StoreStatus.State.DISK);
      assertThat(files(directory)).anyMatch(name -> name.startsWith("predictions.mv.unreadable-"));
    }
  }

  @Test
  void fileWithDamagedEntries_isSetAsideToo(@TempDir Path directory) throws IOException {
    StoreSettings onDisk = SETTINGS.withDirectory(directory).withMaxEntries(20_000);
    try (Desk desk = Desk.binary(onDisk, time)) {
      for (int i = 0; i < 20_000; i++) {
        desk.predict("p" + i, 0.9);
      }
    }
    Path file = directory.resolve("predictions.mv");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = bytes.length / 4; i < bytes.length / 2; i++) {
      bytes[i] ^= (byte) 0x5A;
    }
    Files.write(file, bytes);

    try (Desk desk = Desk.binary(onDisk, time)) {
      desk.predict("a", 0.9);
      assertThat(desk.report("a", 1)).isEqualTo("matched");
      assertThat(desk.desk.store().setAside()).isEqualTo(1);
    }
  }

  @Test
  void directoryThatCannotBe_meansMemory_andIsTold(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    try (Desk desk = Desk.binary(SETTINGS.withDirectory(file.resolve("below")), time)) {
      desk.predict("a", 0.9);

      assertThat(desk.report("a", 1)).isEqualTo("matched");
      assertThat(desk.desk.store().state()).isEqualTo(StoreStatus.State.DEGRADED);
    }
  }

  @Test
  void fileOfARunningExporter_isLeftAlone(@TempDir Path directory) throws IOException {
    StoreSettings onDisk = SETTINGS.withDirectory(directory);
    try (Desk first = Desk.binary(onDisk, time);
        Desk second = Desk.binary(onDisk, time)) {
      assertThat(second.desk.store().state()).isEqualTo(StoreStatus.State.DEGRADED);
      first.predict("a", 0.9);
      assertThat(first.report("a", 1)).isEqualTo("matched");
      assertThat(files(directory)).containsExactly("predictions.mv");
    }
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
