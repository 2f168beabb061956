package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {

  @TempDir Path directory;

  @Test
  void equalRows_areStable() throws IOException {
    Path before = plans("before.csv", 500, 300, 200);

    CommandRun run = CommandRun.of("compare", before, before);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("plan").endsWith("worst state: stable" + System.lineSeparator());
  }

  @Test
  void scores_areThoseOfTheFormulas() throws IOException {
    Path before = plans("before.csv", 500, 300, 200);
    Path after = plans("after.csv", 250, 300, 450);

    CommandRun run =
        CommandRun.of(
            "compare", before, after, "--output", "json", "--recipe", "popmon,deequ,deequ=0.05");

    JsonNode column = json(run).at("/columns/0");
    // Half a row is added to each of the three bins: 500.5/1001.5, 300.5/1001.5, 200.5/1001.5.
    double n = 1001.5;
    double psi =
        (250.5 - 500.5) / n * Math.log(250.5 / 500.5)
            + (450.5 - 200.5) / n * Math.log(450.5 / 200.5);
    assertThat(column.at("/measures/psi/score").doubleValue()).isCloseTo(psi, within(1e-12));
    assertThat(column.at("/measures/total_variation/score").doubleValue())
        .isCloseTo(0.25, within(1e-12));
    assertThat(column.at("/measures/l_infinity/score").doubleValue())
        .isCloseTo(0.25, within(1e-12));
    assertThat(column.at("/measures").has("ks")).isFalse();
    double popmon = 0;
    double[][] shares = {{0.5, 0.25}, {0.3, 0.3}, {0.2, 0.45}};
    for (double[] share : shares) {
      popmon += (share[1] - share[0]) * Math.log((share[1] + 1e-5) / (share[0] + 1e-5));
    }
    assertThat(column.at("/recipes/popmon/psi").doubleValue()).isCloseTo(popmon, within(1e-12));
    assertThat(column.at("/recipes/deequ").has("ks")).isFalse();
    assertThat(column.at("/recipes/deequ=0.05/l_infinity").doubleValue())
        .isCloseTo(0.25 - Math.sqrt(-Math.log(0.025) / 2) * Math.sqrt(2 / 1000.0), within(1e-12));
    assertThat(column.at("/state").stringValue()).isEqualTo("drifted");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void baselineFileAndTheRowsItWasMadeOf_giveTheSameScores() throws IOException {
    Path before = plans("before.csv", 500, 300, 200);
    Path after = plans("after.csv", 480, 290, 230);
    Path baseline = directory.resolve("baseline.json");
    CommandRun.of("baseline", "build", before, "-o", baseline);

    CommandRun fromRows = CommandRun.of("compare", before, after, "--output", "json");
    CommandRun fromBaseline = CommandRun.of("compare", baseline, after, "--output", "json");

    assertThat(json(fromBaseline)).isEqualTo(json(fromRows));
  }

  @Test
  void csvAndJsonLines_ofTheSameRows_giveTheSameScores() throws IOException {
    Random random = new Random(1);
    List<String> csv = new ArrayList<>(List.of("amount,code,member,prediction"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      double amount = random.nextGaussian();
      int code = random.nextInt(4);
      boolean member = random.nextBoolean();
      csv.add(amount + "," + code + (code == 3 ? "K," : ".0,") + member + ",1");
      lines.add(
          "{\"features\": {\"amount\": %s, \"code\": %s, \"member\": %s}, \"prediction\": 1}"
              .formatted(amount, code == 3 ? "\"3K\"" : code, member));
    }
    Path rows = Files.write(directory.resolve("rows.csv"), csv);
    Path records = Files.write(directory.resolve("rows.ndjson"), lines);
    Path before = Files.write(directory.resolve("before.csv"), csv.subList(0, 1_000));

    JsonNode one = json(CommandRun.of("compare", before, rows, "--output", "json"));
    JsonNode other = json(CommandRun.of("compare", before, records, "--output", "json"));

    assertThat(other.at("/columns")).isEqualTo(one.at("/columns"));
    assertThat(one.at("/columns").valueStream().map(column -> column.get("name").asString()))
        .containsExactly("amount", "code", "member", "prediction", "outlier_score");
  }

  @Test
  void smallChange_isAWarning() throws IOException {
    Path before = plans("before.csv", 50_000, 30_000, 20_000);
    Path after = plans("after.csv", 43_000, 30_000, 27_000);

    CommandRun run = CommandRun.of("compare", before, after, "--unordered");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("worst state: warning");
  }

  @Test
  void driftedColumn_isExplainedByTheBinsThatMovedMost() throws IOException {
    Path before = plans("before.csv", 500, 300, 200);
    Path after = plans("after.csv", 0, 300, 700);

    CommandRun run = CommandRun.of("compare", before, after, "--measures", "psi");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .contains("plan moved most in:")
        .containsPattern("basic +50.00 % -> +0.00 %")
        .containsPattern("extra +20.00 % -> +70.00 %")
        .doesNotContain("js_distance");
  }

  @Test
  void tooFewRows_areNoVerdict() throws IOException {
    Path before = plans("before.csv", 500, 300, 200);
    Path after = plans("after.csv", 5, 3, 2);

    CommandRun run = CommandRun.of("compare", before, after);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).contains("too_few_rows").contains("worst state: insufficient");
  }

  @Test
  void columnsOfOneSideOnly_areNamed() throws IOException {
    Path before = plans("before.csv", 500, 300, 200);
    Path after = Files.writeString(directory.resolve("after.csv"), "kind\n" + "x\n".repeat(500));

    CommandRun run = CommandRun.of("compare", before, after);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .contains("note: columns that only the baseline has: plan")
        .contains("note: columns that the baseline does not have: kind");
  }

  @Test
  void errors_doNotLookLikeVerdicts() throws IOException {
    Path before = plans("before.csv", 500, 300, 200);
    Path newer =
        Files.writeString(
            directory.resolve("newer.json"),
            "{\"format\": \"model-drift-baseline\", \"format_version\": 9}");

    assertThat(CommandRun.of("compare", before).exitCode()).isEqualTo(64);
    assertThat(CommandRun.of("compare", before, before, "--measures", "psy").exitCode())
        .isEqualTo(64);
    for (String recipe : new String[] {"soup", "popmon=0.05", "deequ=2", "deequ=x"}) {
      assertThat(CommandRun.of("compare", before, before, "--recipe", recipe).exitCode())
          .isEqualTo(64);
    }
    assertThat(CommandRun.of("compare", before, directory.resolve("none.csv")).exitCode())
        .isEqualTo(65);
    CommandRun run = CommandRun.of("compare", newer, before);
    assertThat(run.exitCode()).isEqualTo(65);
    assertThat(run.err()).contains("/format_version: is 9, but this program reads up to 1");
  }

  @Test
  void help_listsTheExitCodesAndAnExample() {
    CommandRun run = CommandRun.of("compare", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Exit codes:", "the worst column has drifted")
        .contains("java -jar model-drift-exporter.jar compare training.csv last-week.csv");
  }

  private static JsonNode json(CommandRun run) {
    assertThat(run.err()).isEmpty();
    return JsonMapper.shared().readTree(run.out());
  }

  /** A column of three plans, in an order that is not sorted by plan. */
  private Path plans(String name, int basic, int plus, int extra) throws IOException {
    int[] left = {basic, plus, extra};
    String[] plans = {"basic", "plus", "extra"};
    Random random = new Random(7);
    StringBuilder text = new StringBuilder("plan\n");
    for (int rest = basic + plus + extra; rest > 0; rest--) {
      int pick = random.nextInt(rest);
      int plan = pick < left[0] ? 0 : pick < left[0] + left[1] ? 1 : 2;
      left[plan]--;
      text.append(plans[plan]).append('\n');
    }
    return Files.writeString(directory.resolve(name), text);
  }
}
