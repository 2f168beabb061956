package io.modeldrift.app;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: {@code serve} unless another command is named. */
public final class Main {

  private static final List<String> ROOT_OPTIONS = List.of("-h", "--help", "-V", "--version");

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int exitCode = commandLine().execute(withDefaultCommand(arguments));
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Root())
        .addSubcommand(new ServeCommand())
        .addSubcommand(new DemoCommand())
        .addSubcommand(new CheckConfigCommand())
        .addSubcommand(new BaselineCommand())
        .addSubcommand(new CompareCommand())
        .addSubcommand(new ReplayCommand())
        .setExecutionExceptionHandler(Main::explain);
  }

  /** Without a command, options are those of {@code serve}. */
  static String[] withDefaultCommand(String... arguments) {
    boolean rootOption = arguments.length > 0 && ROOT_OPTIONS.contains(arguments[0]);
    boolean command = arguments.length > 0 && !arguments[0].startsWith("-");
    return rootOption || command
        ? arguments
        : Stream.concat(Stream.of("serve"), Arrays.stream(arguments)).toArray(String[]::new);
  }

  /** A failure that was foreseen is a message; anything else is a bug and keeps its trace. */
  private static int explain(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
    if (failure instanceof CommandException foreseen) {
      commandLine.getErr().println(commandLine.getColorScheme().errorText(failure.getMessage()));
      return foreseen.exitCode();
    }
    throw failure;
  }

  /** Only holds the sub-commands and the text above them. */
  @Command(
      name = "model-drift-exporter",
      mixinStandardHelpOptions = true,
      versionProvider = BuildInfo.class,
      synopsisSubcommandLabel = "COMMAND",
      usageHelpAutoWidth = true,
      description = {
        "Watches machine-learning models: takes a copy of a model server's traffic, compares it"
            + " with a baseline, and exposes drift, data quality and performance as Prometheus"
            + " metrics.",
        ""
      },
      footer = {
        "",
        "Without a command it serves. Try:",
        "  java -jar model-drift-exporter.jar demo",
        "  java -jar model-drift-exporter.jar serve --help"
      })
  static final class Root implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
