package io.modeldrift.app;

import io.modeldrift.app.demo.DemoBaseline;
import io.modeldrift.app.demo.DemoModel;
import io.modeldrift.baseline.BaselineWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the baselines of the demo's models as files. */
@Command(
    name = "baselines",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Writes the baselines of the demo's two models, from the flights of January to March:"
          + " flight-delay.json and air-time.json.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  java -jar model-drift-exporter.jar demo baselines --output baselines"
    })
final class DemoBaselinesCommand implements Callable<Integer> {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIRECTORY",
      defaultValue = ".",
      description = "Where to write them; made if it is not there. Default: here.")
  private Path output = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      Files.createDirectories(output);
      for (DemoModel model : DemoModel.values()) {
        Path file = output.resolve(model.modelName() + ".json");
        BaselineWriter.write(DemoBaseline.of(model, Instant.now()), file);
        DemoPart.say(spec, "Wrote " + file);
      }
    } catch (IOException e) {
      throw RowOptions.failure(e);
    }
    return 0;
  }
}
