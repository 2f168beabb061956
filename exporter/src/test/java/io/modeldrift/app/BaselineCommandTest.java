package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.baseline.BaselineReader;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineCommandTest {

  @TempDir Path directory;

  @Test
  void build_writesABaselineAndSaysWhatItDid() throws IOException {
    Path rows = customers("rows.csv", 1, 1_000);
    Path file = directory.resolve("credit.json");

    CommandRun run =
        CommandRun.of(
            "baseline",
            "build",
            rows,
            "--model",
            "credit",
            "--model-version",
            "3",
            "--exclude",
            "id",
            "--importance",
            "age=0.5",
            "--type",
            "code=categorical",
            "-o",
            file);

    Baseline baseline = BaselineReader.read(file);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo("%s: 1,000 rows, 5 columns, id %s%n".formatted(file, baseline.id()));
    assertThat(baseline.model()).isEqualTo(new ModelKey("credit", "3"));
    assertThat(baseline.source()).isEqualTo("rows.csv");
    BaselineColumn age = baseline.column(Role.INPUT, "age").orElseThrow();
    assertThat(age.importance()).isEqualTo(0.5);
    // Ages are 20 + i % 50 for i = 1 .. 1000: the mean of 20 .. 69.
    assertThat(age.mean()).isCloseTo(44.5, within(1e-9));
    assertThat(baseline.column(Role.INPUT, "code").orElseThrow().isNumeric()).isFalse();
    assertThat(baseline.column(Role.OUTPUT, "prediction")).isPresent();
  }

  @Test
  void build_tellsWhatWasWrongWithTheRows() throws IOException {
    Path rows = Files.writeString(directory.resolve("rows.csv"), "a,b\n1,2\n3\n4,5,6\n");

    CommandRun run = CommandRun.of("baseline", "build", rows, "-o", directory.resolve("out.json"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("note: 1 row with fewer fields than columns: the rest is missing (first: line 3)")
        .contains(
            "note: 1 row with more fields than columns: the extra ones are left out"
                + " (first: line 4)");
  }

  @Test
  void build_fromADatabase() throws IOException {
    Path file = directory.resolve("out.json");

    CommandRun run =
        CommandRun.of(
            "baseline",
            "build",
            "--url",
            "jdbc:h2:mem:build",
            "--query",
            "select x, mod(x, 3) as \"kind\" from system_range(1, 300)",
            "-o",
            file);

    assertThat(run.err()).isEmpty();
    assertThat(BaselineReader.read(file).column(Role.INPUT, "X").orElseThrow().mean())
        .isEqualTo(150.5);
  }

  @Test
  void parts_builtAlikeAndMerged_areTheWhole() throws IOException {
    Path early = customers("early.csv", 1, 2_000);
    Path late = customers("late.csv", 2_001, 3_000);
    Path one = directory.resolve("one.json");
    Path two = directory.resolve("two.json");
    Path both = directory.resolve("both.json");

    assertThat(build(early, one).exitCode()).isZero();
    assertThat(CommandRun.of("baseline", "build", late, "--like", one, "-o", two).exitCode())
        .isZero();
    CommandRun run = CommandRun.of("baseline", "merge", one, two, "-o", both);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("3,000 rows of 2 baselines");
    BaselineColumn age = BaselineReader.read(both).column(Role.INPUT, "age").orElseThrow();
    assertThat(age.counts().total()).isEqualTo(3_000);
    assertThat(age.mean()).isCloseTo(44.5, within(1e-9));
  }

  @Test
  void merge_ofOtherBins_isRefusedByColumn() throws IOException {
    Path one = directory.resolve("one.json");
    Path two = directory.resolve("two.json");
    build(customers("early.csv", 1, 2_000), one);
    build(customers("late.csv", 2_001, 2_020), two);

    CommandRun run = CommandRun.of("baseline", "merge", one, two, "-o", directory.resolve("x"));

    assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
    assertThat(run.err())
        .startsWith("cannot be merged: column id: the bins differ; build all parts over");
    assertThat(directory.resolve("x")).doesNotExist();
  }

  @Test
  void show_drawsABarABin() throws IOException {
    Path rows =
        Files.writeString(
            directory.resolve("rows.csv"),
            "plan\n" + "basic\n".repeat(60) + "plus\n".repeat(30) + "\n" + "\"\"\n".repeat(10));
    Path file = directory.resolve("plan.json");
    CommandRun.of("baseline", "build", rows, "--model", "credit", "-o", file);

    CommandRun run = CommandRun.of("baseline", "show", file, "--ascii", "--width", "60");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .startsWith("credit: 90 rows, id " + BaselineReader.read(file).id())
        .containsSequence(
            "plan  (input, categorical)",
            "  basic                 66.67 %          60  ##############",
            "  plus                  33.33 %          30  #######")
        .contains("outlier_score  (derived, numeric)  mean 0.2283, standard deviation 0.3229");
  }

  @Test
  void show_callsTheGapAfterASingleValueByThatValue() throws IOException {
    Path rows = Files.writeString(directory.resolve("rows.csv"), "x\n0\n0\n1\n1\n");
    Path file = directory.resolve("x.json");
    build(rows, file);

    assertThat(
            CommandRun.of("baseline", "show", file, "--ascii", "--width", "40")
                .out()
                .lines()
                .skip(4)
                .takeWhile(line -> !line.isEmpty()))
        .map(line -> line.substring(0, 15).strip())
        .containsExactly("0", "> 0 to 1", "1");
  }

  @Test
  void show_fitsItsWidthAndDrawsBlocksWhereItCan() throws IOException {
    Path file = directory.resolve("rows.json");
    build(customers("rows.csv", 1, 1_000), file);

    for (int width : new int[] {40, 80, 133}) {
      CommandRun run = CommandRun.of("baseline", "show", file, "--width", width, "--column", "age");

      assertThat(run.out().lines().skip(4)).hasSize(10).allMatch(line -> line.length() <= width);
      assertThat(run.out()).contains("age  (input, numeric)  mean 44.50").doesNotContain("plan");
    }
  }

  @Test
  void diff_saysHowBaselinesDiffer() throws IOException {
    Path one = directory.resolve("one.json");
    Path two = directory.resolve("two.json");
    build(customers("early.csv", 1, 1_000), one);
    CommandRun.of(
        "baseline",
        "build",
        customers("late.csv", 1, 2_000),
        "--like",
        one,
        "--exclude",
        "plan",
        "-o",
        two);

    CommandRun same = CommandRun.of("baseline", "diff", one, one);
    CommandRun other = CommandRun.of("baseline", "diff", one, two);

    assertThat(same.exitCode()).isZero();
    assertThat(same.out()).startsWith("equal: 1,000 rows");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.out())
        .contains("rows 1,000 -> 2,000")
        .containsPattern("age +same bins, psi 0.0000, mean 44.50 -> 44.50")
        .containsPattern("plan +same bins, psi \\d+\\.\\d+, missing 0.00 % -> 100.00 %");
  }

  @Test
  void brokenOrMissingFiles_areOneLineWithoutATrace() throws IOException {
    Path rubbish = Files.writeString(directory.resolve("rubbish.json"), "{");
    Path none = directory.resolve("none.json");

    for (CommandRun run :
        new CommandRun[] {
          CommandRun.of("baseline", "show", rubbish),
          CommandRun.of("baseline", "show", none),
          CommandRun.of("baseline", "diff", rubbish, none),
          CommandRun.of("baseline", "build", none, "-o", directory.resolve("x")),
          CommandRun.of(
              "baseline",
              "build",
              customers("rows.csv", 1, 10),
              "-o",
              directory.resolve("no/such/place.json"))
        }) {
      assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).startsWith(directory.toString());
    }
  }

  @Test
  void wrongOptions_areUsageErrors() throws IOException {
    Path rows = customers("rows.csv", 1, 10);
    Path out = directory.resolve("x");

    for (Object[] wrong :
        new Object[][] {
          {"baseline", "build", rows},
          {"baseline", "build", "-o", out},
          {"baseline", "build", rows, "-o", out, "--url", "jdbc:h2:mem:x", "--query", "select 1"},
          {"baseline", "build", "-o", out, "--url", "jdbc:h2:mem:x"},
          {"baseline", "build", rows, "-o", out, "--bins", "17"},
          {"baseline", "build", rows, "-o", out, "--type", "age=number"},
          {"baseline", "build", rows, "-o", out, "--edges", "age=1:b"},
          {"baseline", "build", rows, "-o", out, "--edges", "age=3:1"},
          {"baseline", "build", rows, "-o", out, "--header", "maybe"},
          {"baseline", "merge", out, "-o", out},
          {"baseline", "show"}
        }) {
      CommandRun run = CommandRun.of(wrong);

      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.USAGE);
      assertThat(run.err()).isNotEmpty();
      assertThat(out).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "show", "merge", "diff"})
  void help_teachesWithAnExample(String command) {
    CommandRun run = CommandRun.of("baseline", command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("java -jar model-drift-exporter.jar baseline " + command);
  }

  @Test
  void progressLine_showsPassPartAndRows() {
    assertThat(ProgressBar.line(2, 12_345, 0.5))
        .isEqualTo("pass 2 [###############               ]  50 % 12,345 rows");
    assertThat(ProgressBar.line(1, 7, Double.NaN)).isEqualTo("pass 1 7 rows");
  }

  private CommandRun build(Path rows, Path file) {
    return CommandRun.of("baseline", "build", rows, "--model", "credit", "-o", file);
  }

  /** Customers with these numbers: an id, an age, a code of two values, a plan, a prediction. */
  private Path customers(String name, int first, int last) throws IOException {
    return Files.write(
        directory.resolve(name),
        Stream.concat(
                Stream.of("id,age,code,plan,prediction"),
                IntStream.rangeClosed(first, last)
                    .mapToObj(
                        i -> i + "," + (20 + i % 50) + "," + i % 2 + ",p" + i % 3 + "," + i % 5))
            .toList());
  }
}
