package io.modeldrift.app;

import io.modeldrift.config.ConfigException;
import io.modeldrift.config.ConfigLoader;
import io.modeldrift.config.ExporterSettings;
import io.modeldrift.config.Overrides;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the configuration comes from. */
final class ConfigOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "YAML file with the configuration; without one the defaults hold.")
  private @Nullable Path file;

  @Option(
      names = "--listen",
      paramLabel = "[HOST]:PORT",
      description = "Where to listen, for example 127.0.0.1:10193. Default: :10193.")
  private @Nullable String listen;

  @Option(
      names = "--web.config.file",
      paramLabel = "FILE",
      description =
          "Web configuration file of Prometheus' exporters: TLS, client certificates, users.")
  private @Nullable Path webConfig;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Sets one key, for example --set learning.rows=2000; may be repeated. The environment"
              + " variable is MODEL_DRIFT_LEARNING_ROWS.")
  private Map<String, String> values = new HashMap<>();

  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /**
   * Returns the settings.
   *
   * @throws CommandException with one line per mistake
   */
  ExporterSettings load(Map<String, String> environment) {
    Map<String, String> flags = new HashMap<>(values);
    if (listen != null) {
      flags.put("listen", listen);
    }
    if (webConfig != null) {
      flags.put("web.config.file", webConfig.toAbsolutePath().toString());
    }
    try {
      return ConfigLoader.load(file(), new Overrides(flags, environment));
    } catch (ConfigException e) {
      String heading =
          "the configuration"
              + file().map(f -> " in " + f).orElse("")
              + " has "
              + (e.problems().size() == 1 ? "a mistake" : e.problems().size() + " mistakes");
      throw new CommandException(
          1,
          heading
              + ":"
              + System.lineSeparator()
              + "  "
              + String.join(System.lineSeparator() + "  ", e.problems()));
    }
  }
}
