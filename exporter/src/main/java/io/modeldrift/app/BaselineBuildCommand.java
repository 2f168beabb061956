package io.modeldrift.app;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineReader;
import io.modeldrift.baseline.BaselineScan;
import io.modeldrift.baseline.BaselineWriter;
import io.modeldrift.baseline.ColumnChoice;
import io.modeldrift.baseline.RowSource;
import io.modeldrift.baseline.ScanResult;
import io.modeldrift.inference.ModelKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds a baseline from rows. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeOnInvalidInput = ExitCodes.USAGE,
    description = {
      "Builds a baseline from a CSV file, a file with one JSON object a line, or a query, of any"
          + " size. Rows in order of time give better thresholds.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  java -jar model-drift-exporter.jar baseline build training.csv.gz --model credit \\",
      "      --exclude id,date --outputs score --truth defaulted --score score -o credit.json",
      "  java -jar model-drift-exporter.jar baseline build --model credit -o credit.json \\",
      "      --driver-jar postgresql.jar --url jdbc:postgresql://db/bank --user reader \\",
      "      --query \"select age, income from loans order by day\"",
      "",
      "In parallel: build one part, the others --like it, then merge all."
    })
final class BaselineBuildCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Rows: .csv, .ndjson or .jsonl, perhaps with .gz.")
  private @Nullable Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the baseline goes; an old file is replaced at once.")
  private Path output = Path.of("baseline.json");

  @Option(names = "--model", paramLabel = "NAME", description = "Model that the baseline is for.")
  private String model = "";

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description = "Its version, if traffic names one.")
  private String version = "";

  @Option(
      names = "--like",
      paramLabel = "BASELINE",
      description = "Count over the bins of this baseline instead of finding new ones.")
  private @Nullable Path like;

  @Mixin private TruthOptions truth = new TruthOptions();

  @Mixin private RowOptions rows = new RowOptions();

  @Mixin private JdbcOptions database = new JdbcOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ScanResult result = scan();
    Baseline baseline = result.baseline();
    try {
      BaselineWriter.write(baseline, output);
    } catch (IOException e) {
      throw RowOptions.failure(e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: %,d rows, %d columns, id %s%s%n",
        output,
        baseline.rows(),
        baseline.columns().size(),
        baseline.id(),
        result.exactBins() ? "" : ", bins from sketches, counts exact");
    result.messages().forEach(message -> out.println("note: " + message));
    out.flush();
    return 0;
  }

  private ScanResult scan() {
    try (ProgressBar progress = ProgressBar.create()) {
      Baseline bins = like == null ? null : BaselineReader.read(like);
      ModelKey key = key(bins);
      BaselineScan scan =
          new BaselineScan(source(truth.without(choice(bins))), rows.settings(), progress);
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      ScanResult result = bins == null ? scan.build(key, now) : scan.buildLike(bins, key, now);
      return truth.isAsked() ? truth.addTo(result, source(truth.beside(choice(bins)))) : result;
    } catch (IOException e) {
      throw RowOptions.failure(e);
    }
  }

  private ModelKey key(@Nullable Baseline bins) {
    return model.isEmpty() && bins != null ? bins.model() : new ModelKey(model, version);
  }

  private ColumnChoice choice(@Nullable Baseline bins) {
    return bins == null ? rows.choice() : rows.choice().orRolesOf(bins);
  }

  private RowSource source(ColumnChoice choice) {
    if (database.isUsed() == (file != null)) {
      throw new CommandException(
          ExitCodes.USAGE, "name one source: either a file or --url and --query");
    }
    if (file == null) {
      return database.source(choice, System.getenv());
    }
    Optional<ModelKey> wanted =
        model.isEmpty() ? Optional.empty() : Optional.of(new ModelKey(model, version));
    return rows.source(file, wanted, choice);
  }
}
