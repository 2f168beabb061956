package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigCommandTest {

  @TempDir private Path directory;

  private CommandRun check(String derive) throws IOException {
    Path rows =
        Files.writeString(directory.resolve("rows.csv"), "note\n" + "good\nbad\n".repeat(60));
    CommandRun.of("baseline", "build", rows, "--model", "credit", "--derive", derive, "-o", file());
    Path config =
        Files.writeString(
            directory.resolve("exporter.yaml"),
            "models: [{name: credit, baseline: credit.json, columns: {note: {derive: [length]}}}]");
    return CommandRun.of("check-config", "-c", config);
  }

  private Path file() {
    return directory.resolve("credit.json");
  }

  @Test
  void baselineWithoutAConfiguredDerivedColumn_isWarnedOfOnceAndUsable() throws IOException {
    CommandRun run = check("note=tokens");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsOnlyOnce("warning: ")
        .contains("model credit: its baseline lacks the configured note_length")
        .contains("--derive note=length");
  }

  @Test
  void baselineWithTheConfiguredDerivedColumn_isNotWarnedOf() throws IOException {
    CommandRun run = check("note=length");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("The configuration is usable.").doesNotContain("warning");
  }
}
