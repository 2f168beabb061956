package io.modeldrift.app;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineMerge;
import io.modeldrift.baseline.BaselineReader;
import io.modeldrift.baseline.BaselineWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds up baselines of parts of the rows. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeOnInvalidInput = ExitCodes.USAGE,
    description = {
      "Adds up baselines of parts of the rows, given in order of time. All must have the same bins.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  java -jar model-drift-exporter.jar baseline build jan.csv --model credit -o jan.json",
      "  java -jar model-drift-exporter.jar baseline build feb.csv --like jan.json -o feb.json",
      "  java -jar model-drift-exporter.jar baseline merge jan.json feb.json -o winter.json"
    })
final class BaselineMergeCommand implements Callable<Integer> {

  @Parameters(arity = "2..*", paramLabel = "BASELINE", description = "Baselines of the parts.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the sum goes; an old file is replaced at once.")
  private Path output = Path.of("baseline.json");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      List<Baseline> parts = new ArrayList<>();
      for (Path file : files) {
        parts.add(BaselineReader.read(file));
      }
      Baseline merged = BaselineMerge.of(parts, Instant.now().truncatedTo(ChronoUnit.SECONDS));
      BaselineWriter.write(merged, output);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%s: %,d rows of %d baselines, id %s%n",
          output, merged.rows(), parts.size(), merged.id());
      out.flush();
      return 0;
    } catch (IOException e) {
      throw RowOptions.failure(e);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCodes.FAILURE, "cannot be merged: " + e.getMessage());
    }
  }
}
