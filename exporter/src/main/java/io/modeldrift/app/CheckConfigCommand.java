package io.modeldrift.app;

import io.modeldrift.config.ExporterSettings;
import io.modeldrift.observe.Window;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the configuration and the baselines that it names, without serving. */
@Command(
    name = "check-config",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Checks the configuration and the baselines that it names, and tells everything that is"
          + " wrong at once. Exit code 0: usable, perhaps with warnings, 1: mistakes.",
      ""
    },
    footer = {"", "Example:", "  java -jar model-drift-exporter.jar check-config -c exporter.yaml"})
final class CheckConfigCommand implements Callable<Integer> {

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ExporterSettings settings = config.load(System.getenv());
    PrintWriter out = spec.commandLine().getOut();
    out.println("The configuration is usable.");
    out.println("  listens on   " + settings.access().listen());
    settings.access().ingestListen().ifPresent(own -> out.println("  intake on    " + own));
    out.println(
        "  windows      "
            + settings.observe().windows().stream()
                .map(Window::name)
                .collect(Collectors.joining(", ")));
    out.println(
        "  baselines    "
            + (settings.expected().isEmpty()
                ? "none; models learn theirs from traffic"
                : settings.expected().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(", "))));
    settings.advice().forEach(sentence -> out.println("  warning: " + sentence));
    return 0;
  }
}
