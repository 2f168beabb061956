package io.modeldrift.app;

import io.modeldrift.app.demo.DemoBaseline;
import io.modeldrift.app.demo.DemoModel;
import io.modeldrift.baseline.BaselineWriter;
import io.modeldrift.config.AccessSettings;
import io.modeldrift.config.ConfigException;
import io.modeldrift.config.ConfigLoader;
import io.modeldrift.config.ExporterSettings;
import io.modeldrift.config.Overrides;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the exporter of the demo is told: a configuration file like any other, and baselines. */
final class DemoSettings {

  private static final String FILE = "exporter.yaml";

  private DemoSettings() {}

  /**
   * Builds the baselines and returns the settings.
   *
   * @throws CommandException if port or windows are none
   */
  static ExporterSettings of(int port, List<String> windows) {
    try {
      Path directory = Files.createTempDirectory("model-drift-demo");
      try {
        return withRowDoors(read(directory, port, windows));
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw DemoPart.failure(e);
    }
  }

  private static ExporterSettings read(Path directory, int port, List<String> windows)
      throws IOException {
    for (DemoModel model : DemoModel.values()) {
      Path baseline = directory.resolve(model.modelName() + ".json");
      BaselineWriter.write(DemoBaseline.of(model, Instant.now()), baseline);
    }
    Path file = directory.resolve(FILE);
    try (InputStream configuration =
        Objects.requireNonNull(DemoModel.class.getResourceAsStream(FILE), FILE)) {
      Files.copy(configuration, file);
    }
    Map<String, String> flags =
        Map.of("listen", "127.0.0.1:" + port, "windows", String.join(",", windows));
    try {
      return ConfigLoader.load(Optional.of(file), new Overrides(flags, Map.of()));
    } catch (ConfigException e) {
      throw new CommandException(
          ExitCodes.USAGE, "--port or --windows cannot be used: " + e.getMessage());
    }
  }

  /**
   * The flights are public and nobody comes from outside: reviewers need neither user nor token.
   */
  private static ExporterSettings withRowDoors(ExporterSettings settings) {
    AccessSettings closed = settings.access();
    return settings.withAccess(
        new AccessSettings(
            closed.listen(),
            closed.webConfig(),
            closed.ingestListen(),
            closed.ingestWebConfig(),
            closed.tokenFiles(),
            true));
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.delete(directory);
  }
}
