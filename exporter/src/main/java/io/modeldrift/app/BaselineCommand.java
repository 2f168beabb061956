package io.modeldrift.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Groups what can be done with baselines. */
@Command(
    name = "baseline",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BaselineBuildCommand.class,
      BaselineShowCommand.class,
      BaselineMergeCommand.class,
      BaselineDiffCommand.class
    },
    description = {
      "Builds, shows, merges and compares baselines: the distributions that live traffic is compared"
          + " with.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  java -jar model-drift-exporter.jar baseline build training.csv --model credit -o credit.json",
      "  java -jar model-drift-exporter.jar baseline show credit.json"
    })
final class BaselineCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
