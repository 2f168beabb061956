package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.ManualTime;
import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineBuilder;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.truth.ReviewSettings.Sampling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewDeskTest {

  private static final Sampling ALL = new Sampling(1, 0, false, List.of("age"));

  private final ManualTime time = new ManualTime();
  private final List<GroundTruth> truths = new ArrayList<>();

  private static final ModelTruthSettings BINARY =
      new ModelTruthSettings(OutputSettings.defaults().withKind(OutputKind.BINARY), List.of());

  private record Known(Optional<Baseline> inForce) implements TruthDesk.Models {

    @Override
    public Set<ModelKey> known() {
      return Set.of(Desk.CREDIT);
    }

    @Override
    public Optional<Baseline> baseline(ModelKey model) {
      return inForce;
    }
  }

  private ReviewDesk desk(ReviewSettings settings, Sampling sampling, Optional<Baseline> baseline) {
    return new ReviewDesk(
        settings,
        model -> model.equals(Desk.CREDIT) ? sampling : Sampling.nothing(),
        model -> BINARY,
        new Known(baseline),
        decoded -> truths.addAll(decoded.truths()),
        new SplittableRandom(7),
        time);
  }

  private ReviewDesk desk(Sampling sampling) {
    return desk(ReviewSettings.defaults(), sampling, Optional.empty());
  }

  private InferenceBatch row(String id, double age, double score) {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(Desk.CREDIT, BatchKind.PAIR, time.instant());
    batch.addRow();
    batch.setId(0, id);
    Objects.requireNonNull(batch.column(Role.INPUT, "age")).setNumber(0, age);
    Objects.requireNonNull(batch.column(Role.OUTPUT, "score")).setNumber(0, score);
    return batch;
  }

  private static List<Review> waiting(ReviewDesk desk) {
    return desk.waiting(Optional.empty(), 100);
  }

  @Test
  void uncertainScores_areTaken_andSureOnesAreNot() {
    ReviewDesk desk = desk(new Sampling(0, 0.1, false, List.of()));

    desk.consider(row("sure", 30, 0.9));
    desk.consider(row("hardly", 30, 0.58));

    assertThat(waiting(desk))
        .singleElement()
        .satisfies(
            review -> {
              assertThat(review.inferenceId()).isEqualTo("hardly");
              assertThat(review.cause()).isEqualTo(ReviewCause.UNCERTAIN);
              assertThat(review.columns()).isEmpty(); // no column was named
            });
  }

  @Test
  void outliersOfTheBaseline_areTaken() {
    InferenceBatch usual = new InferenceBatch();
    usual.reset(Desk.CREDIT, BatchKind.REQUEST, Instant.EPOCH);
    usual.ensureRows(1000);
    for (int row = 0; row < 1000; row++) {
      Objects.requireNonNull(usual.column(Role.INPUT, "age")).setNumber(row, 20 + row % 50);
    }
    BaselineBuilder builder =
        new BaselineBuilder(BaselineSettings.withDefaults()).derive(new OutlierScore());
    builder.add(usual);
    Baseline baseline = builder.build(Desk.CREDIT, Instant.EPOCH, "test");
    ReviewDesk desk =
        desk(
            ReviewSettings.defaults(),
            new Sampling(0, 0, true, List.of("age")),
            Optional.of(baseline));

    desk.consider(row("usual", 30, 0.9));
    desk.consider(row("odd", 900, 0.9));

    assertThat(waiting(desk))
        .singleElement()
        .satisfies(
            review -> {
              assertThat(review.cause()).isEqualTo(ReviewCause.OUTLIER);
              assertThat(review.columns()).containsEntry("age", "900");
            });
  }

  @Test
  void randomShare_isAboutWhatWasAskedFor_andOtherModelsAreLeftAlone() {
    ReviewDesk desk =
        desk(
            new ReviewSettings(null, 10_000, Duration.ofDays(1)),
            new Sampling(0.2, 0, false, List.of()),
            Optional.empty());
    for (int i = 0; i < 5000; i++) {
      desk.consider(row("a" + i, 30, 0.9));
    }
    InferenceBatch other = row("b", 30, 0.9);
    other.setModel(ModelKey.of("debit"));
    desk.consider(other);

    assertThat(desk.size()).isBetween(850, 1150); // five standard errors around 1,000
    assertThat(waiting(desk)).noneMatch(review -> review.model().name().equals("debit"));
  }

  @Test
  void decisions_countAsGroundTruth_exceptASkip() {
    ReviewDesk desk = desk(ALL);
    for (String id : List.of("right", "wrong", "unclear")) {
      desk.consider(row(id, 30, 0.9));
    }
    List<Review> reviews = waiting(desk);

    Value no = new Value.Numeric(0);
    assertThat(desk.decide(reviews.get(0).number(), ReviewOutcome.CONFIRMED, null, "kim"))
        .isEqualTo(ReviewDesk.Answer.TAKEN);
    assertThat(desk.decide(reviews.get(1).number(), ReviewOutcome.OVERRIDDEN, no, "kim"))
        .isEqualTo(ReviewDesk.Answer.TAKEN);
    assertThat(desk.decide(reviews.get(2).number(), ReviewOutcome.SKIPPED, null, ""))
        .isEqualTo(ReviewDesk.Answer.TAKEN);

    assertThat(truths)
        .extracting(truth -> truth.ids() + " " + truth.outcome())
        .containsExactly("[right] Named[name=1]", "[wrong] Numeric[number=0.0]");
    ReviewCounts counts = Objects.requireNonNull(desk.counts().get(Desk.CREDIT));
    assertThat(counts.ended())
        .containsEntry(ReviewOutcome.CONFIRMED, 1L)
        .containsEntry(ReviewOutcome.OVERRIDDEN, 1L)
        .containsEntry(ReviewOutcome.SKIPPED, 1L);
    assertThat(desk.size()).isZero();
  }

  @Test
  void decisionAfterAReload_isReadAsBefore_thoughNoRowHasComeSince() {
    ReviewDesk desk = desk(ALL);
    desk.consider(row("a", 30, 0.71));
    desk.reconfigure(ReviewSettings.defaults(), key -> ALL, key -> BINARY);

    checkDecision(desk);
  }

  @Test
  void decisionAfterARestart_isReadAsBefore_thoughNoRowHasComeSince(@TempDir Path directory)
      throws IOException, SnapshotException {
    ReviewSettings onDisk = new ReviewSettings(directory, 100, Duration.ofDays(1));
    List<byte[]> state = new ArrayList<>();
    try (ReviewDesk desk = desk(onDisk, ALL, Optional.empty())) {
      desk.consider(row("a", 30, 0.71));
      desk.save(section -> state.add(section.toBytes()));
    }

    try (ReviewDesk desk = desk(onDisk, ALL, Optional.empty())) {
      desk.restore(new StateInput(state.get(0)), true);
      checkDecision(desk);
    }
  }

  private void checkDecision(ReviewDesk desk) {
    Review review = waiting(desk).get(0);
    Value nonsense = new Value.Named("banana");

    assertThat(desk.answer(review)).isEqualTo("1");
    assertThat(desk.decide(review.number(), ReviewOutcome.OVERRIDDEN, nonsense, ""))
        .isEqualTo(ReviewDesk.Answer.UNFIT);
    assertThat(desk.decide(review.number(), ReviewOutcome.CONFIRMED, null, ""))
        .isEqualTo(ReviewDesk.Answer.TAKEN);
    assertThat(truths)
        .singleElement()
        .satisfies(truth -> assertThat(truth.outcome()).isEqualTo(new Value.Named("1")));
  }

  @Test
  void rowWithoutId_bringsItsPredictionAlong() {
    ReviewDesk desk = desk(ALL);
    InferenceBatch batch = row("", 30, 0.9);
    desk.consider(batch);

    desk.decide(waiting(desk).get(0).number(), ReviewOutcome.OVERRIDDEN, new Value.Flag(false), "");

    assertThat(truths)
        .singleElement()
        .satisfies(
            truth -> {
              assertThat(truth.isInline()).isTrue();
              assertThat(truth.prediction())
                  .containsEntry(GroundTruth.SCORE, new Value.Numeric(0.9));
            });
  }

  @Test
  void queue_isBounded_andWhatNobodyLooksAtExpires() {
    ReviewDesk desk = desk(new ReviewSettings(null, 2, Duration.ofHours(1)), ALL, Optional.empty());
    for (String id : List.of("a", "b", "c")) {
      desk.consider(row(id, 30, 0.9));
    }
    assertThat(waiting(desk)).extracting(Review::inferenceId).containsExactly("b", "c");

    desk.reconfigure(new ReviewSettings(null, 3, Duration.ofHours(1)), key -> ALL, key -> BINARY);
    desk.consider(row("d", 30, 0.9));
    assertThat(waiting(desk)).extracting(Review::inferenceId).containsExactly("b", "c", "d");

    time.advance(Duration.ofHours(2));
    desk.tend();

    assertThat(desk.size()).isZero();
    ReviewCounts counts = Objects.requireNonNull(desk.counts().get(Desk.CREDIT));
    assertThat(counts.ended())
        .containsEntry(ReviewOutcome.EVICTED, 1L)
        .containsEntry(ReviewOutcome.EXPIRED, 3L);
  }

  @Test
  void rowsOfAnotherTime_waitFromTheirArrival(@TempDir Path directory) {
    ReviewSettings onDisk = new ReviewSettings(directory, 100, Duration.ofDays(1));
    Instant arrival = time.instant();
    try (ReviewDesk desk = desk(onDisk, ALL, Optional.empty())) {
      for (String made : List.of("2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z")) {
        InferenceBatch batch = row(made, 30, 0.9);
        batch.setTime(0, Instant.parse(made));
        desk.consider(batch);
      }
      desk.tend();
    }
    time.advance(Duration.ofHours(23));

    try (ReviewDesk desk = desk(onDisk, ALL, Optional.empty())) {
      desk.consider(row("now", 30, 0.9));
      desk.tend();
      assertThat(desk.size()).isEqualTo(3);
      assertThat(Objects.requireNonNull(desk.counts().get(Desk.CREDIT)).oldest()).contains(arrival);
      time.advance(Duration.ofHours(1));
      desk.tend();
      assertThat(waiting(desk)).extracting(Review::inferenceId).containsExactly("now");
    }
  }

  @Test
  void reviewsAndDecisions_surviveARestart(@TempDir Path directory) {
    ReviewSettings onDisk = new ReviewSettings(directory, 100, Duration.ofDays(1));
    List<Review> before;
    try (ReviewDesk desk = desk(onDisk, ALL, Optional.empty())) {
      desk.consider(row("a", 41, 0.9));
      desk.consider(row("b", 42, 0.2));
      before = waiting(desk);
      desk.decide(before.get(0).number(), ReviewOutcome.OVERRIDDEN, new Value.Numeric(0), "kim");
    }

    try (ReviewDesk desk = desk(onDisk, ALL, Optional.empty())) {
      assertThat(waiting(desk)).containsExactly(before.get(1));
      assertThat(desk.decided())
          .extracting(decided -> decided.review() + " " + decided.outcome() + decided.reviewer())
          .containsExactly(before.get(0) + " OVERRIDDENkim");
      desk.consider(row("c", 43, 0.3));
      assertThat(waiting(desk)).extracting(Review::number).doesNotHaveDuplicates();
    }
  }

  @Test
  void unreadableFile_isSetAside(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("reviews.mv"), "no store".repeat(2000));

    try (ReviewDesk desk =
        desk(new ReviewSettings(directory, 100, Duration.ofDays(1)), ALL, Optional.empty())) {
      desk.consider(row("a", 41, 0.9));
      assertThat(desk.size()).isEqualTo(1);
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("reviews.mv.unreadable-"));
    }
    assertThat(Files.readString(directory.resolve("reviews.mv"), StandardCharsets.ISO_8859_1))
        .doesNotStartWith("no store");
  }
}
