package io.modeldrift.baseline;

import static io.modeldrift.baseline.Rows.CREATED;
import static io.modeldrift.baseline.Rows.MODEL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BaselineFileTest {

  private static final BaselineColumn AGE =
      new BaselineColumn(
          "age",
          Role.INPUT,
          NumericLayout.of(new double[] {-1e-300, 0.1, Math.nextUp(0.1)}, 1e300),
          BinnedCounts.of(
              new long[] {0, 1, 2, Long.MAX_VALUE / 4, 4, 5, 6},
              new double[] {-0.0, 0.1, 1.0 / 3, Double.POSITIVE_INFINITY, Double.NaN, 0, 0}),
          0.1 + 0.2,
          Double.MIN_VALUE,
          List.of(
              BinnedCounts.of(
                  new long[7], new double[] {1e-5, -1, 1e22, Double.MIN_VALUE, 0, 0, 0}),
              BinnedCounts.of(new long[7], new double[7])),
          0);
  private static final BaselineColumn PLAN =
      new BaselineColumn(
          "plan \"x\"\n/~",
          Role.OUTPUT,
          CategoricalLayout.of(
              List.of("basic", "__other__", "ünï\u2028", ""),
              new long[] {-1, Long.MIN_VALUE, 0, 42}),
          BinnedCounts.of(9, 8, 7, 6, 5, 4, 3, 2),
          0,
          0,
          List.of(),
          0.25);
  private static final BaselineColumn SCORE =
      new BaselineColumn(
          "outlier_score",
          Role.DERIVED,
          NumericLayout.of(new double[0], 0),
          BinnedCounts.of(new long[] {0, 0, 3, 0}, new double[4]),
          0,
          0,
          List.of(),
          1);
  private static final Baseline BASELINE =
      Baseline.of(
          new ModelKey("credit", "v3"), CREATED, "somewhere", 1234, List.of(AGE, PLAN, SCORE));

  @TempDir Path directory;

  @Test
  void baseline_readsBackExactly() throws IOException {
    Path file = directory.resolve("baseline.json");

    BaselineWriter.write(BASELINE, file);

    assertThat(BaselineReader.read(file)).isEqualTo(BASELINE);
    assertThat(list()).containsExactly("baseline.json");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyBaseline_readsBackExactly(long seed) throws IOException {
    Random random = new Random(seed);
    double[] numbers = random.doubles(1500, -1e6, 1e6).toArray();
    Object[] names =
        random.ints(1500, 0, 400).mapToObj(i -> Integer.toString(i * i % 397, 36)).toArray();
    BaselineBuilder builder = new BaselineBuilder(BaselineSettings.withDefaults());
    builder.add(Rows.requests().numbers("number", numbers).input("name", names).batch());
    Baseline baseline = builder.build(MODEL, CREATED, "seed " + seed);

    assertThat(BaselineReader.parse(BaselineWriter.toJson(baseline).getBytes(UTF_8), "x"))
        .isEqualTo(baseline);
  }

  @Test
  void file_isAsTheFormatDocumentShowsIt() throws IOException {
    BaselineBuilder builder =
        new BaselineBuilder(BaselineSettings.withDefaults().withBins(2).withCategories(50, 2));
    builder.add(
        Rows.requests()
            .numbers("age", 10, 20, 30, 40)
            .input("plan", "basic", "basic", "trial", null)
            .batch());

    assertThat(BaselineWriter.toJson(builder.build(MODEL, CREATED, "customers.csv")))
        .isEqualTo(
            """
            {
              "format" : "model-drift-baseline",
              "format_version" : 1,
              "id" : "%s",
              "model" : "credit",
              "created" : "2030-01-01T00:00:00Z",
              "source" : "customers.csv",
              "rows" : 4,
              "columns" : [
                {
                  "name" : "age",
                  "role" : "input",
                  "type" : "numeric",
                  "importance" : 1.0,
                  "mean" : 25.0,
                  "standard_deviation" : 11.180339887498949,
                  "bins" : [
                    {"bin":"00","upper":10.0,"count":0,"sum":0.0},
                    {"bin":"01","lower":10.0,"upper":30.0,"count":2,"sum":30.0},
                    {"bin":"02","lower":30.0,"upper":40.0,"count":2,"sum":70.0},
                    {"bin":"03","lower":40.0,"count":0,"sum":0.0},
                    {"bin":"__missing__","count":0},
                    {"bin":"__invalid__","count":0}
                  ]
                },
                {
                  "name" : "plan",
                  "role" : "input",
                  "type" : "categorical",
                  "importance" : 1.0,
                  "bins" : [
                    {"category":"basic","count":2},
                    {"bin":"__other__","count":0},
                    {"bin":"__unseen__","count":1},
                    {"bin":"__missing__","count":1},
                    {"bin":"__invalid__","count":0}
                  ],
                  "tail" : ["076aa7a36d1b60c4"]
                }
              ]
            }
            """
                .formatted(builder.build(MODEL, CREATED, "").id()));
  }

  @Test
  void missingFile_isRefusedByName() {
    Path file = directory.resolve("none.json");

    assertRefused(file, "there is no such file");
  }

  @Test
  void directoryInPlaceOfTheFile_isRefused() {
    assertRefused(directory, "is a directory");
  }

  @Test
  void truncatedFile_isRefusedWithLineAndColumn() throws IOException {
    Path file = directory.resolve("baseline.json");
    String json = BaselineWriter.toJson(BASELINE);
    Files.writeString(file, json.substring(0, json.length() / 2));

    assertThatThrownBy(() -> BaselineReader.read(file))
        .isInstanceOf(BaselineFormatException.class)
        .hasMessageMatching("(?s).*baseline.json: line \\d+, column \\d+: is not valid JSON: .*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          "format_version" : 1 | "format_version" : 2 | /format_version: is 2, but this program reads up to 1
          model-drift-baseline | other | is no baseline: "format" is not "model-drift-baseline"
          "rows" : 1234 | "rows" : -1 | /rows: expected a whole number of at least 0, found -1
          "rows" : 1234 | "rows" : 1.5 | /rows: expected a whole number of at least 0, found 1.5
          "rows" : 1234 | "rows" : "many" | /rows: expected a whole number of at least 0, found a text
          "rows" : 1234 | "rows" : 1235 | /id: does not fit the content
          "rows" : 1234, | | "rows" is missing
          "source" : | "sauce" : | /sauce: unknown key
          2030-01-01T | 2030-01-99T | /created: expected a time such as
          "role" : "output" | "role" : "target" | /columns/1/role: expected "input", "output" or "derived"
          "type" : "numeric" | "type" : "number" | /columns/0/type: expected "numeric" or "categorical"
          "name" : "outlier_score" | "name" : "age", "name" : "age" | is not valid JSON: Duplicate
          "lower":0.1, | "lower":0.2, | /columns/0/bins: edge 0.1
          "upper":0.1, | "upper":0.2, | /columns/0/bins/1/upper: is 0.2, but the bins beside it end at 0.1
          "lower":0.1, | "lower":"NaN", | /columns/0/bins/2/lower: expected a finite number
          "lower":0.1, | "lower":[], | /columns/0/bins/2/lower: expected a number, found an array
          {"bin":"__missing__","count":5}, | | /columns/0/bins
          "category":"basic" | "category":"" | /columns/1/bins: category "" stands there twice
          "bin":"__unseen__" | "bin":"__seen__" | /columns/1/bins/5/bin: expected "__unseen__" here
          000000000000002a | 2a | /columns/1/tail/3: expected 16 hexadecimal digits
          {"counts":[0,0, | {"counts":[0, | /columns/0/chunks/0/counts: has 6 numbers, 7 are needed
          "importance" : 0.25 | "importance" : -1 | /columns/1: column plan
          """)
  void brokenFile_isRefusedWithThePlaceAndTheReason(String found, String replaced, String message)
      throws IOException {
    Path file = directory.resolve("baseline.json");
    String json = BaselineWriter.toJson(BASELINE);
    assertThat(json).contains(found);
    int place = json.indexOf(found);
    Files.writeString(
        file,
        json.substring(0, place)
            + (replaced == null ? "" : replaced)
            + json.substring(place + found.length()));

    assertRefused(file, message);
  }

  @Test
  void fileWithoutId_isReadAndGetsTheIdOfItsContent() throws IOException {
    Path file = directory.resolve("baseline.json");
    Files.writeString(file, BaselineWriter.toJson(BASELINE).replaceFirst("\"id\" : \"\\w+\",", ""));

    assertThat(BaselineReader.read(file)).isEqualTo(BASELINE);
  }

  @Test
  void otherRubbish_isRefusedAsNoBaseline() throws IOException {
    for (String content : List.of("", "[]", "null", "3", "a,b\n1,2\n", "\0\0\0", "{} {}")) {
      Path file = directory.resolve("rubbish");
      Files.writeString(file, content);

      assertRefused(file, "is no");
    }
  }

  @Test
  void write_replacesAnOldFileAndKeepsALink() throws IOException {
    Path file = Files.writeString(directory.resolve("real.json"), "old");
    Path link = Files.createSymbolicLink(directory.resolve("link.json"), file);

    BaselineWriter.write(BASELINE, link);

    assertThat(link).isSymbolicLink();
    assertThat(BaselineReader.read(file)).isEqualTo(BASELINE);
    assertThat(list()).containsExactly("link.json", "real.json");
  }

  @Test
  void write_whereItCannot_saysSoAndLeavesNothing() throws IOException {
    Path file = directory.resolve("no/such/directory.json");
    Path occupied = directory.resolve("taken");
    Files.createDirectories(occupied.resolve("inside"));

    assertThatThrownBy(() -> BaselineWriter.write(BASELINE, file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": cannot be written: its directory does not exist");
    assertThatThrownBy(() -> BaselineWriter.write(BASELINE, occupied))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(occupied + ": cannot be written: ");
    assertThat(list()).containsExactly("taken");
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> BaselineReader.read(file))
        .isInstanceOf(BaselineFormatException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  private List<String> list() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
