package io.modeldrift.baseline;

import static io.modeldrift.baseline.Rows.CREATED;
import static io.modeldrift.baseline.Rows.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BaselineScanTest {

  private static final BaselineSettings SETTINGS = BaselineSettings.withDefaults();
  private static final BaselineScan.MemoryLimit AT_ONCE = builder -> true;

  @TempDir Path directory;

  @Test
  void smallSource_isExact() throws IOException {
    Path file = csv(4_000, new Random(1));

    ScanResult result = scan(file).build(MODEL, CREATED);

    assertThat(result.exactBins()).isTrue();
    assertThat(result.baseline().rows()).isEqualTo(4_000);
    assertThat(result.baseline().source()).isEqualTo("rows.csv");
    assertThat(result.baseline().columns())
        .extracting(BaselineColumn::name)
        .containsExactly("number", "spike", "name", "prediction", "outlier_score");
    assertThat(column(result.baseline(), Role.OUTPUT, "prediction").isNumeric()).isTrue();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 5);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sketchedFewValues_areExactAsWell(long seed) throws IOException {
    Path file = csv(3_000, new Random(seed));

    Baseline kept = scan(file).build(MODEL, CREATED).baseline();
    ScanResult sketched = scan(file).build(MODEL, CREATED, AT_ONCE);

    assertThat(sketched.exactBins()).isFalse();
    assertThat(sketched.baseline()).isEqualTo(kept);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void derivedColumns_areTheSameKeptOrSketched(long seed) throws IOException {
    Path file = csv(3_000, new Random(seed));
    BaselineSettings settings =
        SETTINGS
            .withReconstruction(true)
            .withColumn(
                "name",
                ColumnSettings.withDefaults()
                    .withDerive(List.of(DerivedKind.LENGTH, DerivedKind.OUT_OF_VOCABULARY)));

    Baseline kept = scan(file, settings).build(MODEL, CREATED).baseline();
    Baseline sketched = scan(file, settings).build(MODEL, CREATED, AT_ONCE).baseline();

    assertThat(kept.columns().stream().filter(column -> column.role() == Role.DERIVED))
        .extracting(BaselineColumn::name)
        .containsExactly(
            "outlier_score", "name_length", "name_out_of_vocabulary", "reconstruction_error");
    assertThat(sketched).isEqualTo(kept);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sketchedEdges_lieWithinTheStatedRankErrorOfExactOnes(long seed) throws IOException {
    int rows = 60_000;
    Path file = csv(rows, new Random(seed));

    BaselineColumn kept = column(scan(file).build(MODEL, CREATED).baseline(), Role.INPUT, "number");
    BaselineColumn sketched =
        column(scan(file).build(MODEL, CREATED, AT_ONCE).baseline(), Role.INPUT, "number");

    assertThat(sketched.layout().bins()).isEqualTo(kept.layout().bins());
    assertThat(((NumericLayout) sketched.layout()).max())
        .isEqualTo(((NumericLayout) kept.layout()).max());
    assertThat(sketched.counts().total()).isEqualTo(rows);
    long below = 0;
    long belowKept = 0;
    for (int bin = 0; bin < sketched.layout().valueBins(); bin++) {
      below += sketched.counts().count(bin);
      belowKept += kept.counts().count(bin);
      assertThat((double) below)
          .isCloseTo((double) belowKept, within(NumericSketch.MAX_RANK_ERROR * rows + 1));
    }
    assertThat(sketched.mean()).isEqualTo(kept.mean());
    assertThat(sketched.standardDeviation()).isEqualTo(kept.standardDeviation());
  }

  @Test
  void sketchedSpike_hasAPointBinOfItsOwn() throws IOException {
    Path file = csv(30_000, new Random(1));

    BaselineColumn spike =
        column(scan(file).build(MODEL, CREATED, AT_ONCE).baseline(), Role.INPUT, "spike");

    NumericLayout layout = (NumericLayout) spike.layout();
    int bin = layout.indexOf(7);
    assertThat(layout.lower(bin)).isEqualTo(7);
    assertThat(layout.upper(bin)).isEqualTo(Math.nextUp(7.0));
    assertThat((double) spike.counts().count(bin)).isCloseTo(15_000, within(600.0));
  }

  @Test
  void moreCategoriesThanTheSketchHolds_keepTheFrequentOnes() throws IOException {
    StringBuilder text = new StringBuilder("name\n");
    int rare = 3 * CategorySketch.EXACT_CATEGORIES;
    for (int i = 0; i < rare; i++) {
      text.append("rare").append(i).append('\n').append("often").append(i % 3).append('\n');
    }
    Path file = Files.writeString(directory.resolve("rows.csv"), text);

    BaselineColumn column = scan(file).build(MODEL, CREATED, AT_ONCE).baseline().columns().get(0);

    assertThat(((CategoricalLayout) column.layout()).categories())
        .containsExactly("often0", "often1", "often2");
    assertThat(column.counts().count(0)).isEqualTo(rare / 3);
    assertThat(column.counts().total()).isEqualTo(2L * rare);
  }

  @Test
  void columnWhoseFirstValuesMisled_getsTheTypeOfAllItsValues() throws IOException {
    String text = "code,late\n" + "1,\n".repeat(5_000) + "K,5\n".repeat(5_000);
    Path file = Files.writeString(directory.resolve("rows.csv"), text);

    Baseline kept = scan(file).build(MODEL, CREATED).baseline();
    Baseline sketched = scan(file).build(MODEL, CREATED, AT_ONCE).baseline();

    assertThat(sketched).isEqualTo(kept);
    assertThat(column(kept, Role.INPUT, "code").isNumeric()).isFalse();
    assertThat(column(kept, Role.INPUT, "late").isNumeric()).isTrue();
  }

  @Test
  void declarations_holdForSketchedColumnsToo() throws IOException {
    Path file = csv(5_000, new Random(3));
    BaselineSettings settings =
        SETTINGS
            .withColumn("spike", ColumnSettings.withDefaults().withType(ColumnType.CATEGORICAL))
            .withColumn("number", ColumnSettings.withDefaults().withEdges(List.of(-1.0, 0.0, 1.0)));
    RowSource source = new CsvSource(file, CsvSettings.withDefaults(), ColumnChoice.withDefaults());

    Baseline kept =
        new BaselineScan(source, settings, ScanProgress.NONE).build(MODEL, CREATED).baseline();
    Baseline sketched =
        new BaselineScan(source, settings, ScanProgress.NONE)
            .build(MODEL, CREATED, AT_ONCE)
            .baseline();

    assertThat(sketched).isEqualTo(kept);
    assertThat(column(kept, Role.INPUT, "number").layout())
        .isEqualTo(NumericLayout.ofEdges(-1, 0, 1));
    assertThat(column(kept, Role.INPUT, "spike").isNumeric()).isFalse();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void partsBuiltAlike_mergeToTheWhole(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = Files.readAllLines(csv(6_000, random));
    int cut = 1 + random.nextInt(5_998);
    Path whole = Files.write(directory.resolve("whole.csv"), lines);
    Path early = Files.write(directory.resolve("early.csv"), lines.subList(0, 1 + cut));
    List<String> rest = new ArrayList<>(lines.subList(1 + cut, lines.size()));
    rest.add(0, lines.get(0));
    Path late = Files.write(directory.resolve("late.csv"), rest);
    Baseline bins = scan(early).build(MODEL, CREATED).baseline();

    Baseline merged =
        BaselineMerge.of(
            List.of(
                scan(early).buildLike(bins, MODEL, CREATED).baseline(),
                scan(late).buildLike(bins, MODEL, CREATED).baseline()),
            CREATED);

    Baseline expected = scan(whole).buildLike(bins, MODEL, CREATED).baseline();
    assertThat(merged.rows()).isEqualTo(6_000);
    assertThat(merged.source()).isEqualTo("early.csv + late.csv");
    for (BaselineColumn column : expected.columns()) {
      BaselineColumn same = column(merged, column.role(), column.name());
      assertThat(same.layout()).isEqualTo(column.layout());
      assertThat(same.counts().toArray()).isEqualTo(column.counts().toArray());
      assertThat(same.mean()).isCloseTo(column.mean(), within(1e-9));
      assertThat(same.standardDeviation()).isCloseTo(column.standardDeviation(), within(1e-9));
      for (int bin = 0; bin < column.layout().valueBins(); bin++) {
        assertThat(same.counts().sum(bin)).isCloseTo(column.counts().sum(bin), within(1e-6));
      }
    }
  }

  @Test
  void mergedChunks_followOneAnotherAndStayFew() throws IOException {
    Path file = csv(3_000, new Random(1));
    Baseline part = scan(file).build(MODEL, CREATED).baseline();

    BaselineColumn three = BaselineMerge.of(List.of(part, part, part), CREATED).columns().get(0);

    assertThat(part.columns().get(0).chunks()).hasSize(30);
    assertThat(three.chunks()).hasSize(45);
    assertThat(three.chunks()).allMatch(chunk -> chunk.total() == 200);
  }

  @Test
  void baselinesWithOtherBinsOrColumns_areNotMerged() throws IOException {
    Baseline one = scan(csv(1_000, new Random(1))).build(MODEL, CREATED).baseline();
    Baseline other = scan(csv(1_000, new Random(2))).build(MODEL, CREATED).baseline();
    Baseline less = Baseline.of(MODEL, CREATED, "less", 1_000, one.columns().subList(1, 3));

    assertThatThrownBy(() -> BaselineMerge.of(List.of(one, other), CREATED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column number: the bins differ; build all parts over the bins of one of them");
    for (List<Baseline> parts : List.of(List.of(one, less), List.of(less, one))) {
      assertThatThrownBy(() -> BaselineMerge.of(parts, CREATED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("column number: not every baseline has it as input");
    }
  }

  @Test
  void sourceWithoutRows_isRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("rows.csv"), "a,b\n");

    assertThatThrownBy(() -> scan(file).build(MODEL, CREATED))
        .isInstanceOf(IOException.class)
        .hasMessage("rows.csv: has no rows that can be used");
  }

  @Test
  void sourceThatGrowsBetweenPasses_isRefused() throws IOException {
    Path file = csv(1_000, new Random(1));
    RowSource source = new CsvSource(file, CsvSettings.withDefaults(), ColumnChoice.withDefaults());
    ScanProgress growing =
        (pass, rows, part) -> {
          if (pass == 1) {
            append(file);
          }
        };

    assertThatThrownBy(
            () -> new BaselineScan(source, SETTINGS, growing).build(MODEL, CREATED, AT_ONCE))
        .isInstanceOf(IOException.class)
        .hasMessage("rows.csv: changed while it was read");
  }

  @Test
  void problemsAndAdvice_areToldOnce() throws IOException {
    StringBuilder text = new StringBuilder("id,price\n");
    for (int i = 0; i < 500; i++) {
      text.append("x").append(i).append(',').append(i % 50 == 0 ? "n/a" : i % 5).append('\n');
    }
    text.append("short\n");
    Path file = Files.writeString(directory.resolve("rows.csv"), text);

    assertThat(scan(file).build(MODEL, CREATED, AT_ONCE).messages())
        .containsExactly(
            "1 row with fewer fields than columns: the rest is missing" + " (first: line 502)",
            "column id: most of its values occur only once; if it is an identifier or a time,"
                + " exclude it",
            "column price: is categorical, because not all of its values are numbers; declare it"
                + " numeric to count the others as invalid");
  }

  private static void append(Path file) {
    try {
      Files.writeString(file, "1,2,c,0\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BaselineScan scan(Path file) {
    return scan(file, SETTINGS);
  }

  private static BaselineScan scan(Path file, BaselineSettings settings) {
    RowSource source = new CsvSource(file, CsvSettings.withDefaults(), ColumnChoice.withDefaults());
    return new BaselineScan(source, settings, ScanProgress.NONE);
  }

  private static BaselineColumn column(Baseline baseline, Role role, String name) {
    return baseline.column(role, name).orElseThrow();
  }

  /** Rows of a normal number, one with a spike at 7, a name with a long tail, and a prediction. */
  private Path csv(int rows, Random random) throws IOException {
    String[] lines = new String[rows + 1];
    lines[0] = "number,spike,name,prediction";
    for (int i = 1; i <= rows; i++) {
      String number = random.nextInt(50) == 0 ? "" : String.valueOf(random.nextGaussian());
      String spike = random.nextBoolean() ? "7" : String.valueOf(10 * random.nextDouble());
      String name = "n" + (int) Math.abs(10 * random.nextGaussian());
      lines[i] = number + "," + spike + "," + name + "," + random.nextInt(2);
    }
    return Files.write(directory.resolve("rows.csv"), Arrays.asList(lines));
  }
}
