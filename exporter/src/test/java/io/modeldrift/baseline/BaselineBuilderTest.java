package io.modeldrift.baseline;

import static io.modeldrift.baseline.Rows.CREATED;
import static io.modeldrift.baseline.Rows.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BaselineBuilderTest {

  private static final BaselineSettings SETTINGS = BaselineSettings.withDefaults();

  @Test
  void numbersOneByOne_makeTwelveIntervalsWithKnownCountsSumsAndMoments() {
    double[] values = IntStream.range(0, 1000).asDoubleStream().toArray();

    BaselineColumn column = only(build(SETTINGS, Rows.requests().numbers("x", values).batch()));

    NumericLayout layout = (NumericLayout) column.layout();
    assertThat(layout.lowerEdges())
        .containsExactly(0, 10, 100, 200, 300, 400, 500, 600, 700, 800, 900, 990);
    assertThat(layout.max()).isEqualTo(999);
    assertThat(column.counts().toArray())
        .containsExactly(0, 10, 90, 100, 100, 100, 100, 100, 100, 100, 100, 90, 10, 0, 0, 0);
    // Sum of first..last is (first + last) * number / 2.
    assertThat(column.counts().sums())
        .containsExactly(
            0, 45, 4905, 14950, 24950, 34950, 44950, 54950, 64950, 74950, 84950, 85005, 9945, 0, 0,
            0);
    assertThat(column.mean()).isCloseTo(499.5, within(1e-10));
    // Variance of 0 .. n-1 is (n² - 1) / 12.
    assertThat(column.standardDeviation()).isCloseTo(Math.sqrt(999_999 / 12.0), within(1e-10));
    assertThat(column.importance()).isEqualTo(1);
  }

  @Test
  void types_areInferredFromTheValues() {
    Baseline baseline =
        build(
            SETTINGS,
            Rows.requests()
                .input("number", 1, 2, null)
                .input("text", "a", "1", null)
                .input("digits", "1", "2", null)
                .input("boolean", true, false, null)
                .input("mixed", 1, "a", null)
                .input("nothing", null, null, null)
                .batch());

    assertThat(baseline.columns().stream().filter(BaselineColumn::isNumeric))
        .extracting(BaselineColumn::name)
        .containsExactly("number");
  }

  @Test
  void textsThatAreNumbers_areNumericIfTheSourceKnowsOnlyTexts() {
    InferenceBatch batch =
        Rows.requests().input("digits", "1", " 2 ", null).input("code", "1", "2", "x").batch();

    Baseline baseline = build(SETTINGS.withTextNumbers(), batch);

    assertThat(column(baseline, "digits").isNumeric()).isTrue();
    assertThat(column(baseline, "digits").mean()).isEqualTo(1.5);
    assertThat(column(baseline, "code").isNumeric()).isFalse();
  }

  @Test
  void declaredType_winsOverTheValues() {
    BaselineSettings settings =
        SETTINGS
            .withCategories(50, 1)
            .withColumn("x", ColumnSettings.withDefaults().withType(ColumnType.NUMERIC))
            .withColumn("y", ColumnSettings.withDefaults().withType(ColumnType.CATEGORICAL));

    Baseline baseline =
        build(
            settings,
            Rows.requests().input("x", "3", "many", true).input("y", 2.0, 2, 2.5).batch());

    BaselineColumn x = column(baseline, "x");
    assertThat(x.isNumeric()).isTrue();
    assertThat(x.mean()).isEqualTo(2);
    assertThat(x.counts().count(x.layout().invalid())).isEqualTo(1);
    BaselineColumn y = column(baseline, "y");
    assertThat(((CategoricalLayout) y.layout()).categories()).containsExactly("2", "2.5");
    assertThat(y.counts().toArray()).containsExactly(2, 1, 0, 0, 0, 0);
  }

  @Test
  void declaredEdges_areTaken() {
    BaselineSettings settings =
        SETTINGS.withColumn("x", ColumnSettings.withDefaults().withEdges(List.of(0.0, 18.0, 65.0)));

    BaselineColumn x =
        only(build(settings, Rows.requests().numbers("x", -1, 0, 18, 65, 66).batch()));

    assertThat(x.layout()).isEqualTo(NumericLayout.ofEdges(0, 18, 65));
    assertThat(x.counts().toArray()).containsExactly(1, 1, 2, 1, 0, 0);
  }

  @Test
  void importance_isTakenFromTheSettings() {
    BaselineSettings settings =
        SETTINGS.withColumn("x", ColumnSettings.withDefaults().withImportance(0.2));

    assertThat(only(build(settings, Rows.requests().numbers("x", 1).batch())).importance())
        .isEqualTo(0.2);
  }

  @Test
  void categories_theOwnOnesTheTailAndTheSingles() {
    String[] cells = cells("a", 6, "b", 5, "c", 2, "d", 1, "e", 1);

    BaselineColumn column =
        only(build(SETTINGS, Rows.requests().input("x", (Object[]) cells).batch()));

    CategoricalLayout layout = (CategoricalLayout) column.layout();
    assertThat(layout.categories()).containsExactly("a", "b");
    assertThat(column.counts().toArray()).containsExactly(6, 5, 2, 2, 0, 0);
    assertThat(layout.indexOf(new char[] {'d'}, 0, 1)).isEqualTo(layout.other());
    assertThat(layout.indexOf(new char[] {'f'}, 0, 1)).isEqualTo(layout.unseen());
  }

  @Test
  void columnThatOtherRowsLack_isMissingThere() {
    BaselineBuilder builder = new BaselineBuilder(SETTINGS);
    builder.add(Rows.requests().numbers("x", 1, 2).batch());
    builder.add(Rows.requests().numbers("y", 3).batch());
    builder.add(Rows.requests().emptyRows(4).batch());

    Baseline baseline = builder.build(MODEL, CREATED, "test");

    assertThat(baseline.rows()).isEqualTo(7);
    assertThat(column(baseline, "x").counts().total()).isEqualTo(7);
    assertThat(missing(column(baseline, "x"))).isEqualTo(5);
    assertThat(missing(column(baseline, "y"))).isEqualTo(6);
  }

  @Test
  void requestsAndResponsesInBatchesOfTheirOwn_areCountedApart() {
    BaselineBuilder builder = new BaselineBuilder(SETTINGS);
    builder.add(Rows.requests().numbers("x", 1, 2, 3).batch());
    builder.add(Rows.of(BatchKind.RESPONSE).output("prediction", 0, 1).batch());
    builder.add(Rows.of(BatchKind.PAIR).input("x", 4).output("prediction", 1).batch());

    Baseline baseline = builder.build(MODEL, CREATED, "test");

    assertThat(baseline.rows()).isEqualTo(4);
    assertThat(column(baseline, "x").counts().total()).isEqualTo(4);
    assertThat(column(baseline, "prediction").counts().total()).isEqualTo(3);
    assertThat(column(baseline, "prediction").role()).isEqualTo(Role.OUTPUT);
  }

  @ParameterizedTest
  @CsvSource({"999, 30, 0", "1000, 30, 10", "2999, 30, 29", "5000, 30, 30", "5000, 0, 0"})
  void chunks_haveAtLeastAHundredRowsEach(int rows, int wanted, int chunks) {
    double[] values = IntStream.range(0, rows).asDoubleStream().toArray();

    BaselineColumn column =
        only(build(SETTINGS.withChunks(wanted), Rows.requests().numbers("x", values).batch()));

    assertThat(column.chunks()).hasSize(chunks);
    assertThat(column.chunks()).allMatch(chunk -> chunk.total() >= 100);
  }

  @Test
  void chunks_areConsecutiveAndAddUpToTheWhole() {
    double[] values = new Random(1).doubles(3_333).toArray();
    Arrays.sort(values);

    BaselineColumn column = only(build(SETTINGS, Rows.requests().numbers("x", values).batch()));

    BinnedCounts sum = column.chunks().stream().reduce(BinnedCounts::plus).orElseThrow();
    assertThat(sum.toArray()).isEqualTo(column.counts().toArray());
    assertThat(column.chunks()).allMatch(chunk -> chunk.total() == 111 || chunk.total() == 112);
    assertThat(column.chunks().get(0).count(1)).isEqualTo(33); // all of the lowest percent
  }

  @Test
  void derivedColumn_isComputedFromTheBinsOfEachRow() {
    BaselineBuilder builder = new BaselineBuilder(SETTINGS.withCategories(50, 1));
    builder.derive(new PlaceOfFirstColumn());
    builder.add(Rows.requests().input("x", "a", "a", "b", null).batch());

    BaselineColumn derived = column(builder.build(MODEL, CREATED, "test"), "place");

    assertThat(derived.role()).isEqualTo(Role.DERIVED);
    assertThat(derived.counts().total()).isEqualTo(4);
    assertThat(derived.mean()).isEqualTo((0 + 0 + 1 + 4) / 4.0);
  }

  @Test
  void builder_isFullOnceItsCellsOrTextsReachTheBound() {
    BaselineBuilder cells = new BaselineBuilder(SETTINGS);
    InferenceBatch many = Rows.requests().emptyRows((int) BaselineBuilder.MAX_CELLS - 1).batch();
    cells.add(many);
    cells.add(Rows.requests().numbers("x").batch());
    assertThat(cells.isFull()).isFalse();
    cells.add(Rows.requests().numbers("x", 1).batch());
    assertThat(cells.isFull()).isTrue();

    BaselineBuilder texts = new BaselineBuilder(SETTINGS);
    InferenceBatch large = Rows.requests().input("x", "x".repeat(1_000_000)).batch();
    while (!texts.isFull()) {
      texts.add(large);
    }
    assertThat((long) texts.rows())
        .isEqualTo(BaselineBuilder.MAX_CHARS / (Binner.MAX_CATEGORY_CHARS + 1) + 1);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void orderOfRows_changesNeitherLayoutsNorCounts(long seed) {
    Random random = new Random(seed);
    List<@Nullable Object> rows = randomCells(random, 500);
    Baseline one = build(SETTINGS, Rows.requests().input("x", rows.toArray()).batch());
    Collections.shuffle(rows, random);
    Baseline other = build(SETTINGS, Rows.requests().input("x", rows.toArray()).batch());

    assertThat(only(other).layout()).isEqualTo(only(one).layout());
    assertThat(only(other).counts().toArray()).isEqualTo(only(one).counts().toArray());
    assertThat(only(other).mean()).isCloseTo(only(one).mean(), within(1e-9));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyRow_isInExactlyOneBin(long seed) {
    List<@Nullable Object> rows = randomCells(new Random(seed), 777);

    Baseline baseline = build(SETTINGS, Rows.requests().input("x", rows.toArray()).batch());

    assertThat(only(baseline).counts().total()).isEqualTo(777);
    assertThat(missing(only(baseline)))
        .isEqualTo(rows.stream().filter(cell -> cell == null).count());
  }

  @Test
  void sameRows_haveTheSameIdWhereverTheyComeFrom() {
    InferenceBatch batch = Rows.requests().numbers("x", 1, 2, 3).batch();
    InferenceBatch other = Rows.requests().numbers("x", 1, 2, 4).batch();
    BaselineBuilder builder = new BaselineBuilder(SETTINGS);
    builder.add(batch);

    assertThat(builder.build(MODEL, CREATED.plusSeconds(1), "elsewhere").id())
        .isEqualTo(build(SETTINGS, batch).id())
        .isNotEqualTo(build(SETTINGS, other).id())
        .matches("[0-9a-f]{16}");
  }

  /** Scores a row by the bin of its first column. */
  private static final class PlaceOfFirstColumn implements DerivedColumn {
    @Override
    public String name() {
      return "place";
    }

    @Override
    public RowScore scoreWith(List<BaselineColumn> inputs) {
      return bins -> bins[0];
    }
  }

  /** Numbers with ties, or names with a long tail; a tenth of the cells missing. */
  private static List<@Nullable Object> randomCells(Random random, int rows) {
    boolean numeric = random.nextBoolean();
    return new ArrayList<>(
        DoubleStream.generate(() -> Math.rint(20 * Math.abs(random.nextGaussian())))
            .limit(rows)
            .mapToObj(x -> random.nextInt(10) == 0 ? null : numeric ? (Object) (x / 4) : "name" + x)
            .toList());
  }

  private static String[] cells(Object... namesAndNumbers) {
    return IntStream.range(0, namesAndNumbers.length / 2)
        .boxed()
        .flatMap(
            i ->
                Collections.nCopies(
                    (Integer) namesAndNumbers[2 * i + 1], (String) namesAndNumbers[2 * i])
                    .stream())
        .toArray(String[]::new);
  }

  private static Baseline build(BaselineSettings settings, InferenceBatch batch) {
    BaselineBuilder builder = new BaselineBuilder(settings);
    builder.add(batch);
    return builder.build(MODEL, CREATED, "test");
  }

  private static BaselineColumn only(Baseline baseline) {
    assertThat(baseline.columns()).hasSize(1);
    return baseline.columns().get(0);
  }

  private static BaselineColumn column(Baseline baseline, String name) {
    return baseline.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private static long missing(BaselineColumn column) {
    return column.counts().count(column.layout().missing());
  }
}
