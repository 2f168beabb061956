package io.modeldrift.baseline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.baseline.CsvSettings.Header;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSourceTest {

  private static final CsvSettings SETTINGS = CsvSettings.withDefaults();

  @TempDir Path directory;

  @Test
  void fields_becomeNumbersBooleansTextsAndMissingValues() throws IOException {
    assertThat(read("x,y\n1,true\n-2.5e3,False\n,abc\n007,+5\n"))
        .isEqualTo(
            """
            REQUEST x y
            1.0 true
            -2500.0 false
            - 'abc'
            '007' '+5'
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void delimiter_isFoundOutFromTheFirstLine(String delimiter) throws IOException {
    assertThat(read("a,\"x,;|y\",b\n1,2,3\n".replace(",", delimiter))).endsWith("1.0 2.0 3.0\n");
  }

  @Test
  void statedDelimiter_isTaken() throws IOException {
    Path file = write("a,b;c\n1;2\n".getBytes(UTF_8));

    assertThat(read(file, SETTINGS.withDelimiter(';'), ColumnChoice.withDefaults()))
        .isEqualTo("REQUEST a,b c\n1.0 2.0\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'a,b', AUTO, 'REQUEST a b'",
    "'a,2', AUTO, 'REQUEST feature_0 feature_1|a 2.0'",
    "'a,a', AUTO, 'REQUEST feature_0 feature_1|a a'",
    "'a,', AUTO, 'REQUEST feature_0 feature_1|a -'",
    "'a,a', YES, 'REQUEST a a.1'",
    "',2', YES, 'REQUEST feature_0 2'",
    "'a,b', NO, 'REQUEST feature_0 feature_1|a b'",
  })
  void header_isFoundOutOrStated(String firstLine, Header header, String expected)
      throws IOException {
    Path file = write((firstLine + "\nx,y\n").getBytes(UTF_8));

    String read = read(file, SETTINGS.withHeader(header), ColumnChoice.withDefaults());

    assertThat(read.replace("'", "").replace('\n', '|')).isEqualTo(expected + "|x y|");
  }

  @Test
  void rowsOfAnotherLength_areTakenAsFarAsTheyGoAndCounted() throws IOException {
    Path file = write("a,b\n1,2\n3\n4,5,6\n7\n8,9\n".getBytes(UTF_8));
    try (RowReader reader = source(file, SETTINGS, ColumnChoice.withDefaults()).open()) {
      assertThat(Dump.of(reader))
          .isEqualTo("REQUEST a b\n1.0 2.0\n3.0 -\n4.0 5.0\n7.0 -\n8.0 9.0\n");

      assertThat(reader.problems().messages())
          .containsExactly(
              "2 rows with fewer fields than columns: the rest is missing" + " (first: line 3)",
              "1 row with more fields than columns: the extra ones are left out"
                  + " (first: line 4)");
    }
  }

  @Test
  void choice_leavesColumnsOutAndMakesOutputs() throws IOException {
    Path file = write("id,x,prediction,y,prediction_x\n1,2,3,4,5\n".getBytes(UTF_8));
    ColumnChoice choice = new ColumnChoice(Set.of("prediction_x"), Set.of("y"), Set.of("id"));

    assertThat(read(file, SETTINGS, choice))
        .isEqualTo("PAIR x prediction_x -> prediction y\n2.0 5.0 3.0 4.0\n");
  }

  @Test
  void textsThatStandForMissing_areMissing() throws IOException {
    Path file = write("a,b\nNA,1\n?,NA\n".getBytes(UTF_8));

    assertThat(read(file, SETTINGS.withMissing(Set.of("NA", "?")), ColumnChoice.withDefaults()))
        .isEqualTo("REQUEST a b\n- 1.0\n- -\n");
  }

  @Test
  void byteOrderMark_isNoPartOfTheFirstName() throws IOException {
    assertThat(read("\uFEFFa,b\n1,2\n")).startsWith("REQUEST a b\n");
  }

  @Test
  void otherCharset_isReadIfStated() throws IOException {
    Path file = write("stadt\nKöln\n".getBytes(ISO_8859_1));
    CsvSettings latin1 =
        new CsvSettings(Header.AUTO, CsvSettings.ANY_DELIMITER, ISO_8859_1, Set.of());

    assertThat(read(file, latin1, ColumnChoice.withDefaults())).contains("'Köln'");
  }

  @Test
  void gzip_isToldByItsFirstBytes() throws IOException {
    Path file = directory.resolve("plain-name.csv");
    gzip(file, "a,b\n1,2\n");

    assertThat(read(file, SETTINGS, ColumnChoice.withDefaults()))
        .isEqualTo("REQUEST a b\n1.0 2.0\n");
  }

  @Test
  void gzipThatEndsEarly_isAnErrorWithThePlace() throws IOException {
    Path whole = directory.resolve("whole.csv.gz");
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < 20_000; i++) {
      text.append(i * 7919 % 10_007).append(',').append(i).append('\n');
    }
    gzip(whole, text.toString());
    byte[] bytes = Files.readAllBytes(whole);
    Path file = write(Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> read(file, SETTINGS, ColumnChoice.withDefaults()))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            ".*data.csv: (after line \\d+: )?the compressed data is damaged or ends early");
  }

  @Test
  void missingFile_isAnErrorByName() {
    Path file = directory.resolve("none.csv");

    assertThatThrownBy(() -> read(file, SETTINGS, ColumnChoice.withDefaults()))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": there is no such file");
  }

  @Test
  void emptyFile_hasNoRows() throws IOException {
    for (String content : new String[] {"", "\n\n", "a,b\n"}) {
      assertThat(read(content)).isEmpty();
    }
  }

  @Test
  void columnsBeyondTheCap_areLeftOutAndTold() throws IOException {
    String row = "1" + ",1".repeat(InferenceBatch.MAX_COLUMNS) + "\n";
    try (RowReader reader =
        source(write(row.repeat(3_000).getBytes(UTF_8)), SETTINGS, ColumnChoice.withDefaults())
            .open()) {
      assertThat(Dump.of(reader)).contains("feature_1023").doesNotContain("feature_1024");
      assertThat(reader.problems().messages())
          .containsExactly(
              "1 row with more columns than can be kept: the further ones are left out"
                  + " (first: line 1)");
    }
  }

  @Test
  void manyRows_comeInBatchesAndTheProgressEndsAtOne() throws IOException {
    Path file = write(("a\n" + "1\n".repeat(3_000)).getBytes(UTF_8));
    try (RowReader reader = source(file, SETTINGS, ColumnChoice.withDefaults()).open()) {
      int rows = 0;
      for (var batch = reader.next(); batch != null; batch = reader.next()) {
        assertThat(batch.kind()).isEqualTo(BatchKind.REQUEST);
        rows += batch.rows();
      }

      assertThat(rows).isEqualTo(3_000);
      assertThat(reader.progress()).isEqualTo(1);
    }
  }

  private String read(String csv) throws IOException {
    return read(write(csv.getBytes(UTF_8)), SETTINGS, ColumnChoice.withDefaults());
  }

  private static String read(Path file, CsvSettings settings, ColumnChoice choice)
      throws IOException {
    try (RowReader reader = source(file, settings, choice).open()) {
      return Dump.of(reader);
    }
  }

  private static RowSource source(Path file, CsvSettings settings, ColumnChoice choice) {
    return new io.modeldrift.baseline.CsvSource(file, settings, choice);
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(directory.resolve("data.csv"), content);
  }

  private static void gzip(Path file, String content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content.getBytes(UTF_8));
    }
  }
}
