package io.modeldrift.observe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineBuilder;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.baseline.BaselineReader;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.BaselineWriter;
import io.modeldrift.baseline.ColumnSettings;
import io.modeldrift.baseline.DerivedKind;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Columns that are computed from texts, vectors and correlations, from rows to live counts. */
class DerivedColumnsTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final ModelKey MODEL = ModelKey.of("m");
  private static final int ROWS = 600;

  private final InferenceBatch batch = new InferenceBatch();

  private Baseline baseline(BaselineSettings settings) {
    BaselineBuilder builder = new BaselineBuilder(settings);
    builder.add(batch);
    return builder.build(MODEL, NOW, "test");
  }

  private static BaselineSettings deriving(String column, DerivedKind... kinds) {
    return BaselineSettings.withDefaults()
        .withColumn(column, ColumnSettings.withDefaults().withDerive(List.of(kinds)));
  }

  private void rows(int count, IntConsumer row) {
    batch.reset(MODEL, BatchKind.REQUEST, NOW);
    for (int i = 0; i < count; i++) {
      batch.addRow();
      row.accept(i);
    }
  }

  private Column input(String name) {
    return requireNonNull(batch.column(Role.INPUT, name));
  }

  private static BaselineColumn derived(Baseline baseline, String name) {
    return baseline.column(Role.DERIVED, name).orElseThrow();
  }

  private BinnedCounts live(Baseline baseline, String name) {
    ObserveSettings.Model model =
        new ObserveSettings.Model(baseline, BaselineSettings.withDefaults(), Map.of());
    Observatory observatory =
        new Observatory(
            new ObserveSettings(ObserveSettings.defaults().windows(), 1, 1, key -> model),
            () -> NOW);
    observatory.observe(batch, "v1");
    ModelSnapshot.Ready ready = (ModelSnapshot.Ready) observatory.snapshots().get(0);
    return ready.columns().get(baseline.columns().indexOf(derived(baseline, name)));
  }

  @Test
  void text_hasLengthTokensAndShares() {
    rows(2, i -> input("comment").setText(i, i == 0 ? "Das Café, das  Eis!" : "das"));
    Baseline baseline =
        baseline(
            deriving(
                "comment",
                DerivedKind.LENGTH,
                DerivedKind.TOKENS,
                DerivedKind.NON_ASCII,
                DerivedKind.OUT_OF_VOCABULARY));

    assertThat(derived(baseline, "comment_length").mean()).isEqualTo((19 + 3) / 2.0);
    assertThat(derived(baseline, "comment_tokens").mean()).isEqualTo((4 + 1) / 2.0);
    assertThat(derived(baseline, "comment_non_ascii").mean()).isEqualTo(1 / 19.0 / 2);
    // "das" came three times and is known; "Café" and "Eis" came once.
    assertThat(derived(baseline, "comment_out_of_vocabulary").mean()).isEqualTo(2 / 4.0 / 2);
  }

  @Test
  void textThatIsMissingOrNone_isMissingOrInvalid() {
    rows(
        4,
        i -> {
          switch (i) {
            case 0 -> input("comment").setText(i, "");
            case 1 -> input("comment").setMissing(i);
            case 2 -> input("comment").setNumber(i, 7);
            default -> input("comment").setText(i, "word");
          }
        });

    BaselineColumn shares =
        derived(baseline(deriving("comment", DerivedKind.NON_ASCII)), "comment_non_ascii");

    assertThat(shares.counts().count(shares.layout().missing())).isEqualTo(2);
    assertThat(shares.counts().count(shares.layout().invalid())).isEqualTo(1);
    assertThat(shares.values()).isEqualTo(1);
  }

  @Test
  void longText_isMeasuredWholeInTheBaselineAsInTraffic() {
    rows(ROWS, i -> input("comment").setText(i, "x".repeat(3_000 + i)));
    Baseline baseline = baseline(deriving("comment", DerivedKind.LENGTH));

    BaselineColumn length = derived(baseline, "comment_length");
    assertThat(length.mean()).isEqualTo(3_000 + (ROWS - 1) / 2.0);
    assertThat(live(baseline, "comment_length").toArray()).isEqualTo(length.counts().toArray());
  }

  @Test
  void vector_hasNormAndCosineToTheMeanOfTheBaseline() {
    rows(
        2,
        i -> {
          input("embedding_0").setNumber(i, i == 0 ? 3 : 1);
          input("embedding_1").setNumber(i, i == 0 ? 4 : 0);
        });
    Baseline baseline = baseline(deriving("embedding", DerivedKind.NORM, DerivedKind.COSINE));

    assertThat(derived(baseline, "embedding_norm").mean()).isEqualTo((5 + 1) / 2.0);
    double length = Math.hypot(2, 2);
    double expected = ((3 * 2 + 4 * 2) / (5 * length) + 2 / length) / 2;
    assertThat(derived(baseline, "embedding_cosine").mean()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void liveRows_areComputedAsThoseOfTheBaseline_alsoFromItsFile() throws IOException {
    Random random = new Random(5);
    rows(
        ROWS,
        i -> {
          input("comment").setText(i, "w" + random.nextInt(300) + " née w" + random.nextInt(9));
          for (int k = 0; k < 5; k++) {
            input("v_" + k).setNumber(i, random.nextGaussian() + k);
          }
          if (i % 50 == 0) {
            input("v_2").setNumber(i, Double.NaN);
            input("comment").setMissing(i);
          }
        });
    BaselineSettings settings =
        deriving("comment", DerivedKind.TOKENS, DerivedKind.OUT_OF_VOCABULARY, DerivedKind.LENGTH)
            .withReconstruction(true)
            .withColumn(
                "v",
                ColumnSettings.withDefaults()
                    .withDerive(List.of(DerivedKind.NORM, DerivedKind.COSINE)));
    Baseline made = baseline(settings);

    Baseline baseline =
        BaselineReader.parse(
            BaselineWriter.toJson(made).getBytes(StandardCharsets.UTF_8), "baseline.json");

    assertThat(baseline).isEqualTo(made);
    List<String> names =
        baseline.columns().stream()
            .filter(column -> column.role() == Role.DERIVED)
            .map(BaselineColumn::name)
            .toList();
    assertThat(names)
        .containsExactly(
            "comment_length",
            "comment_tokens",
            "comment_out_of_vocabulary",
            "v_norm",
            "v_cosine",
            "reconstruction_error");
    for (String name : names) {
      assertThat(live(baseline, name).toArray())
          .as(name)
          .isEqualTo(derived(baseline, name).counts().toArray());
    }
  }

  @Test
  void brokenCorrelation_isSeenByTheReconstructionErrorOnly() {
    Random random = new Random(11);
    double[] height = random.doubles(ROWS, 1, 2).toArray();
    rows(
        ROWS,
        i -> {
          input("height").setNumber(i, height[i]);
          input("weight").setNumber(i, 60 * height[i] + random.nextGaussian());
        });
    Baseline baseline = baseline(BaselineSettings.withDefaults().withReconstruction(true));
    BaselineColumn error = derived(baseline, "reconstruction_error");
    double highest = ((NumericLayout) error.layout()).max();

    // The same heights and weights, but no longer of the same people.
    rows(
        ROWS,
        i -> {
          input("height").setNumber(i, height[i]);
          input("weight").setNumber(i, 60 * height[(i + 1) % ROWS]);
        });

    BinnedCounts counts = live(baseline, "reconstruction_error");
    assertThat(counts.count(error.layout().valueBins() - 1)).isGreaterThan(ROWS * 8L / 10);
    assertThat(highest).isLessThan(0.3);
  }
}
