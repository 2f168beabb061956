package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadFilesTest {

  @TempDir private Path directory;
  private Path nine;
  private Path ten;

  @BeforeEach
  void writeCaptures() throws IOException {
    ten = write("captures/10/b.jsonl", rows(200, 100));
    nine = write("captures/09/a.jsonl", rows(0, 200).stripTrailing());
    write("captures/09/.a.jsonl.part", "half");
    write("captures/.cache/x", "not a payload");
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.toRealPath().resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String rows(int from, int number) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < from + number; i++) {
      lines.append("{\"model\":\"m\",\"features\":{\"x\":").append(i % 50).append("}}\n");
    }
    return lines.toString();
  }

  private Path captures() {
    return directory.resolve("captures");
  }

  @Test
  void directory_standsForItsFilesInTheOrderOfTheirPaths() {
    Path missing = directory.resolve("missing.ndjson");

    assertThat(PayloadFiles.of(List.of(ten, captures(), missing)))
        .as("without hidden ones; what is named is not looked for")
        .containsExactly(ten, nine, ten, missing);
  }

  @Test
  void linkToADirectory_isFollowed() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), captures());

    assertThat(PayloadFiles.of(List.of(link))).containsExactly(nine, ten);
  }

  @Test
  void directoryWithoutFiles_isNamed() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));

    assertThatThrownBy(() -> PayloadFiles.of(List.of(empty)))
        .isInstanceOf(CommandException.class)
        .hasMessage(empty + ": no files in it");
  }

  @Test
  void replayOfADirectory_isOneReport_whetherOrNotLastLinesEnd() {
    CommandRun run = CommandRun.of("replay", "--set", "learning.rows=200", captures());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("300 payloads = 300 observed")
        .containsOnlyOnce("m: 100 rows against 200 of the baseline");
  }
}
