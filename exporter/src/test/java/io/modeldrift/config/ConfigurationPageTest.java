package io.modeldrift.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about configuration says what the program does, both ways. */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+)` \\| ([^|]*) \\| ([^|]*) \\|.*");

  private record Row(String key, String kind, String fallback) {}

  @Test
  void everyKey_isOnThePageWithItsKindAndDefault_andNoOther() throws IOException {
    List<Row> documented =
        Files.readAllLines(PAGE).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(m -> new Row(m.group(1), m.group(2).trim(), m.group(3).trim().replace("`", "")))
            .toList();

    List<Row> known =
        ConfigLoader.knownKeys().stream()
            .map(key -> new Row(key.path(), key.kind(), key.defaultText()))
            .distinct()
            .toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void example_isTheFileBesideThePage_andUsable() throws IOException, ConfigException {
    Path example = Path.of("../docs/examples/exporter.yaml");

    assertThat(Files.readString(PAGE)).contains("```yaml\n" + Files.readString(example) + "```\n");
    assertThat(ConfigLoader.load(Optional.of(example), Overrides.none()).observe().windows())
        .hasSize(3);
  }
}
