package io.modeldrift.app;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineReader;
import io.modeldrift.baseline.BaselineScan;
import io.modeldrift.baseline.RowSource;
import io.modeldrift.baseline.ScanResult;
import io.modeldrift.evaluate.DriftMeasures;
import io.modeldrift.evaluate.DriftSettings;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.statistics.Measure;
import io.modeldrift.statistics.VotingRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two files, and says by its exit code how bad it is. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeOnInvalidInput = ExitCodes.USAGE,
    description = {
      "Compares the rows of a file with a baseline, or with the rows of another file, just as live"
          + " traffic is compared: same bins, same scores, same thresholds.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:every column is stable",
      " 1:the worst column is in state warning",
      " 2:the worst column has drifted",
      " 3:nothing has drifted, but for some column there are too few rows to tell",
      "64:the command line is wrong",
      "65:a file cannot be read or used"
    },
    footer = {
      "",
      "Examples:",
      "  java -jar model-drift-exporter.jar compare training.csv last-week.csv --exclude id,date",
      "  java -jar model-drift-exporter.jar compare credit.json batch.ndjson --output json"
    })
final class CompareCommand implements Callable<Integer> {

  private enum Output {
    table,
    json
  }

  @Parameters(
      index = "0",
      paramLabel = "BASELINE",
      description = "A baseline, or a file of rows to make one of.")
  private Path before = Path.of("baseline.json");

  @Parameters(index = "1", paramLabel = "FILE", description = "The rows to judge.")
  private Path current = Path.of("rows.csv");

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "table, or json with everything there is.")
  private Output output = Output.table;

  @Option(
      names = "--measures",
      paramLabel = "MEASURE",
      split = ",",
      description = "Measures in the table; all measures if not given.")
  private List<String> measures = List.of();

  @Option(
      names = "--recipe",
      paramLabel = "TOOL",
      split = ",",
      description =
          "Also show the scores that another tool's recipe gives on these bins: evidently, popmon,"
              + " scouter, deepchecks, deequ (deequ=0.05 with a significance level) or"
              + " textbook.")
  private List<String> recipes = List.of();

  @Mixin private RowOptions rows = new RowOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Measure> chosen = labels(measures, Measure::ofLabel);
    List<ChosenRecipe> others = labels(recipes, ChosenRecipe::of);
    List<String> messages = new ArrayList<>();
    Comparison comparison = compare(drift(chosen), messages);
    messages.addAll(comparison.messages());
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.json) {
      out.println(ComparisonJson.of(comparison, current, others, messages));
    } else {
      new ComparisonTable(out).print(comparison, others, messages);
    }
    out.flush();
    return switch (comparison.worst()) {
      case STABLE -> 0;
      case WARNING -> 1;
      case DRIFTED -> 2;
      case INSUFFICIENT -> 3;
    };
  }

  private Comparison compare(DriftSettings drift, List<String> messages) {
    try (ProgressBar progress = ProgressBar.create()) {
      Baseline baseline;
      if (isBaseline(before)) {
        baseline = BaselineReader.read(before);
      } else {
        RowSource source = rows.source(before, Optional.empty(), rows.choice());
        ScanResult result =
            new BaselineScan(source, rows.settings(), progress)
                .build(ModelKey.of(String.valueOf(before.getFileName())), Instant.EPOCH);
        result.messages().forEach(message -> messages.add(before + ": " + message));
        baseline = result.baseline();
      }
      RowSource source = rows.source(current, Optional.empty(), rows.choice().orRolesOf(baseline));
      return Comparison.of(baseline, source, drift, progress);
    } catch (IOException e) {
      throw RowOptions.failure(e);
    }
  }

  /** One look decides: a file is not evaluated again and again as traffic is. */
  private static DriftSettings drift(List<Measure> chosen) {
    List<Measure> numeric = chosen.isEmpty() ? Arrays.asList(Measure.values()) : chosen;
    List<Measure> categorical = numeric.stream().filter(measure -> !measure.needsOrder()).toList();
    DriftSettings defaults = DriftSettings.withDefaults();
    return defaults.withVerdict(
        new DriftMeasures(numeric, categorical, defaults.measures().verdict()),
        defaults.rule().withVotes(new VotingRule(1, 1, 0)));
  }

  /** A baseline says what it is in its first line; everything else is rows. */
  private static boolean isBaseline(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(200), StandardCharsets.UTF_8);
      return start.contains("\"model-drift-baseline\"");
    }
  }

  private static <T> List<T> labels(List<String> labels, Function<String, T> of) {
    try {
      return labels.stream().map(of).toList();
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCodes.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
