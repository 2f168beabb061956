package io.modeldrift.app;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how two baselines differ. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeOnInvalidInput = ExitCodes.USAGE,
    description = {
      "Says how two baselines differ: columns, types, bins, and how far their distributions lie"
          + " apart. Exit code 0: they are equal, 1: they differ.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  java -jar model-drift-exporter.jar baseline diff last-year.json this-year.json"
    })
final class BaselineDiffCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "OLD", description = "One baseline.")
  private Path oldFile = Path.of("old.json");

  @Parameters(index = "1", paramLabel = "NEW", description = "The other.")
  private Path newFile = Path.of("new.json");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      Baseline one = BaselineReader.read(oldFile);
      Baseline other = BaselineReader.read(newFile);
      new BaselineDifference(spec.commandLine().getOut()).print(one, other);
      return one.id().equals(other.id()) ? 0 : 1;
    } catch (IOException e) {
      throw RowOptions.failure(e);
    }
  }
}
