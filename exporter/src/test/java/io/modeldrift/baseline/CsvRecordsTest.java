package io.modeldrift.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CsvRecordsTest {

  @Test
  void fields_areSplitAtTheDelimiter() throws IOException {
    assertThat(read("a,b,,d\n1, 2 ,3\n"))
        .containsExactly(List.of("a", "b", "", "d"), List.of("1", " 2 ", "3"));
  }

  @Test
  void quotedFields_mayHoldDelimitersLineEndsAndDoubledQuotes() throws IOException {
    assertThat(read("\"a,b\",\"c\nd\",\"say \"\"hi\"\"\"\n\"\",x"))
        .containsExactly(List.of("a,b", "c\nd", "say \"hi\""), List.of("", "x"));
  }

  @Test
  void quoteInsideAnUnquotedField_standsForItself() throws IOException {
    assertThat(read("5\" pipe,x\n")).containsExactly(List.of("5\" pipe", "x"));
  }

  @Test
  void textAfterAClosingQuote_belongsToTheField() throws IOException {
    assertThat(read("\"a\" b\",c\n")).containsExactly(List.of("a b\"", "c"));
  }

  @Test
  void linesMayEndInAnyWay_andEmptyOnesAreSkipped() throws IOException {
    assertThat(read("a\r\nb\rc\n\n\r\n\nd"))
        .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("d"));
  }

  @Test
  void quoteThatIsNeverClosed_costsItsOwnLineOnly() throws IOException {
    CsvRecords records = new CsvRecords(new StringReader("a,b\n\"x\"\"y,2\n3,4\n"), ',');

    assertThat(records.next()).isTrue();
    assertThat(records.hasOpenQuote()).isFalse();
    assertThat(records.next()).isTrue();
    assertThat(records.hasOpenQuote()).isTrue();
    assertThat(fields(records)).containsExactly("\"x\"\"y", "2");
    assertThat(records.line()).isEqualTo(2);
    assertThat(records.next()).isTrue();
    assertThat(fields(records)).containsExactly("3", "4");
    assertThat(records.line()).isEqualTo(3);
    assertThat(records.next()).isFalse();
  }

  @Test
  void lineNumbers_countLineEndsInsideQuotes() throws IOException {
    CsvRecords records = new CsvRecords(new StringReader("\"a\nb\nc\"\nd\n"), ',');

    assertThat(records.next()).isTrue();
    assertThat(records.line()).isEqualTo(1);
    assertThat(records.next()).isTrue();
    assertThat(records.line()).isEqualTo(4);
  }

  @Test
  void endlessLine_isRefusedBeforeItFillsTheMemory() {
    CsvRecords records = new CsvRecords(new StringReader("x".repeat(5_000_000)), ',');

    assertThatThrownBy(records::next)
        .isInstanceOf(IOException.class)
        .hasMessage("a line is too long: is this a CSV file?");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsWritten_isRead(long seed) throws IOException {
    Random random = new Random(seed);
    List<List<String>> table = new ArrayList<>();
    StringBuilder csv = new StringBuilder();
    for (int row = 0; row < 200; row++) {
      List<String> fields = new ArrayList<>();
      for (int field = 0; field <= 1 + random.nextInt(5); field++) {
        fields.add(randomText(random));
        csv.append(field == 0 ? "" : ";").append(quoted(fields.get(field)));
      }
      csv.append('\n');
      table.add(fields);
    }

    assertThat(read(new TricklingReader(csv.toString(), random), ';')).isEqualTo(table);
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append("ab;,\"\n\r \u20ac".charAt(random.nextInt(9)));
    }
    return random.nextInt(50) == 0 ? text.toString().repeat(5_000) : text.toString();
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static List<List<String>> read(String csv) throws IOException {
    return read(new StringReader(csv), ',');
  }

  private static List<List<String>> read(Reader csv, char delimiter) throws IOException {
    CsvRecords records = new CsvRecords(csv, delimiter);
    List<List<String>> table = new ArrayList<>();
    while (records.next()) {
      table.add(fields(records));
    }
    return table;
  }

  private static List<String> fields(CsvRecords records) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < records.fields(); i++) {
      fields.add(records.text(i));
    }
    return fields;
  }

  /** Hands out a few chars at a time, so that every field lies across some edge of a buffer. */
  private static final class TricklingReader extends Reader {
    private final StringReader text;
    private final Random random;

    TricklingReader(String text, Random random) {
      this.text = new StringReader(text);
      this.random = random;
    }

    @Override
    public int read(char[] chars, int offset, int length) throws IOException {
      return text.read(chars, offset, Math.min(length, 1 + random.nextInt(100)));
    }

    @Override
    public void close() {
      text.close();
    }
  }
}
