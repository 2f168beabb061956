package io.modeldrift.baseline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.inference.ModelKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NdjsonSourceTest {

  @TempDir Path directory;

  @Test
  void flatObjects_areColumnsByKey() throws IOException {
    assertThat(
            read(
                """
                {"age": 35, "plan": "basic", "member": true, "tags": [1, 2]}

                {"plan": null, "age": NaN, "prediction": 0.5}
                """))
        .isEqualTo(
            """
            PAIR age plan member tags_0 tags_1 -> prediction
            35.0 'basic' true 1.0 2.0 -
            NaN - - - - 0.5
            """);
  }

  @Test
  void nativeRecords_haveFeaturesAndPrediction() throws IOException {
    assertThat(
            read(
                """
                {"model": "credit", "id": "a", "features": {"age": 35}, "prediction": 1}
                {"model": "credit", "features": {"age": 36}, "prediction": {"score": 0.5}}
                """))
        .isEqualTo("PAIR age -> prediction score\n35.0 1.0 -\n36.0 - 0.5\n");
  }

  @Test
  void nativeRecordsByPosition_getTheNamesOfLiveTraffic() throws IOException {
    assertThat(read("{\"features\": [1, \"a\"]}\n{\"features\": [2, \"b\"]}\n"))
        .isEqualTo("REQUEST feature_0 feature_1\n1.0 'a'\n2.0 'b'\n");
  }

  @Test
  void badLines_areCountedAndCostNothingElse() throws IOException {
    Path file =
        write(
            """
            {"x": 1}
            {"x": 2
            {"x": {"deep": 1}}
            3
            {"x": 4}
            """);
    try (RowReader reader = source(file, Optional.empty(), ColumnChoice.withDefaults()).open()) {
      assertThat(Dump.of(reader)).isEqualTo("REQUEST x\n1.0\n4.0\n");
      assertThat(reader.problems().count(RowProblems.Kind.BAD_RECORD)).isEqualTo(3);
      assertThat(reader.problems().messages())
          .singleElement()
          .asString()
          .startsWith("3 rows that cannot be read: left out (first: line 2, ");
    }
  }

  @Test
  void recordsOfOtherModels_areLeftOutAndCounted() throws IOException {
    Path file =
        write(
            """
            {"model": "credit", "features": {"x": 1}}
            {"model": "churn", "features": {"x": 2}}
            {"model": "credit", "features": {"x": 3}}
            """);
    for (Optional<ModelKey> model :
        List.of(Optional.<ModelKey>empty(), Optional.of(ModelKey.of("credit")))) {
      try (RowReader reader = source(file, model, ColumnChoice.withDefaults()).open()) {
        assertThat(Dump.of(reader)).isEqualTo("REQUEST x\n1.0\n3.0\n");
        assertThat(reader.problems().count(RowProblems.Kind.OTHER_MODEL)).isEqualTo(1);
      }
    }
  }

  @Test
  void choice_leavesColumnsOutAndMakesOutputs() throws IOException {
    Path flat = write("{\"id\": 1, \"x\": 2, \"y\": 3}\n");
    ColumnChoice choice = new ColumnChoice(Set.of(), Set.of("y"), Set.of("id"));
    assertThat(read(flat, choice)).isEqualTo("PAIR x -> y\n2.0 3.0\n");

    Path records = write("{\"features\": {\"id\": 1, \"x\": 2}, \"prediction\": {\"z\": 3}}\n");
    assertThat(read(records, choice)).isEqualTo("PAIR x -> z\n2.0 3.0\n");
  }

  @Test
  void manyLines_areReadAcrossChunks() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      text.append("{\"x\": ").append(i).append(", \"name\": \"row ").append(i).append("\"}\n");
    }
    Path file = directory.resolve("rows.ndjson.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.toString().getBytes(UTF_8));
    }

    try (RowReader reader = source(file, Optional.empty(), ColumnChoice.withDefaults()).open()) {
      String[] lines = Dump.of(reader).split("\n");
      assertThat(lines).hasSize(50_001);
      for (int i = 0; i < 50_000; i += 777) {
        assertThat(lines[i + 1]).isEqualTo((double) i + " 'row " + i + "'");
      }
    }
  }

  @Test
  void byteOrderMark_isNoPartOfTheFirstLine() throws IOException {
    assertThat(read("\uFEFF{\"x\": 1}\n{\"x\": 2}\n")).isEqualTo("REQUEST x\n1.0\n2.0\n");
  }

  @Test
  void oneBigArray_isRefusedWithAHint() throws IOException {
    Path file = write("[{\"x\": 1}, {\"x\": 2}]\n");

    assertThatThrownBy(() -> read(file, ColumnChoice.withDefaults()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file + ": line 1 is an array: one object a line is expected; jq -c '.[]' makes that");
  }

  @Test
  void endlessLine_isRefused() throws IOException {
    Path file = write("{\"x\": \"" + "y".repeat(LineChunk.MAX_LINE_BYTES) + "\"}");

    assertThatThrownBy(() -> read(file, ColumnChoice.withDefaults()))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": after line 0: a line is longer than 4194304 bytes");
  }

  private String read(String content) throws IOException {
    return read(write(content), ColumnChoice.withDefaults());
  }

  private static String read(Path file, ColumnChoice choice) throws IOException {
    try (RowReader reader = source(file, Optional.empty(), choice).open()) {
      return Dump.of(reader);
    }
  }

  private static NdjsonSource source(Path file, Optional<ModelKey> model, ColumnChoice choice) {
    return new NdjsonSource(file, model, choice);
  }

  private Path write(String content) throws IOException {
    return Files.writeString(directory.resolve("rows.ndjson"), content);
  }
}
