package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain rows mean what the general parser makes of them. */
class PlainRowsTest {

  private static final String PATH = "/v1/models/m:predict";

  /** A row that is not plain, so that the general parser reads all rows of the payload. */
  private static final String NOT_PLAIN = "{\"other\":{}}";

  private static void assertSameMeaning(String row) {
    String alone = "{\"instances\":[" + row + "]}";
    String beside = "{\"instances\":[" + row + "," + NOT_PLAIN + "]}";
    List<Map<String, Object>> general = Decoding.mirror(PATH).rows(beside);

    assertThat(Decoding.mirror(PATH).rows(alone))
        .as(row)
        .isEqualTo(general.subList(0, general.size() - 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,2.5]",
        "[ 1 , 2.5 ]",
        "[1]",
        "1",
        "\"x\"",
        "null",
        "true",
        "[]",
        "[[1,2],[3]]",
        "[null,true,false,\"\"]",
        "[0,-0,0.0,-0.0]",
        "[1e5,1E-5,1.5e+3,1e-05]",
        "[1e400,-1e400,1e-400,5e-324]",
        "[0.1,0.30000000000000004,1.7976931348623157e308]",
        "[9007199254740993,9007199254740993.0,90071992547409930e-1]",
        "[123456789012345678,1234567890123456789,12345678901234567890123]",
        "[0.000012345678901234567,0.00000000000000000000012345678901234567]",
        "[\"a b\",\"\\u00e9\",\"\\\"\",\"zwölf\",\"😀\"]",
        "[NaN,Infinity,-Infinity]",
        "[1,{\"a\":2}]",
        "{\"a\":1,\"b\":\"x\",\"c\":null,\"d\":true}",
        "{ \"a\" : 1 , \"b\" : [1,2] }",
        "{}",
        "{\"a\":1,\"a\":2}",
        "{\"b64\":\"AAAA\"}",
        "{\"a\":1,\"b64\":\"AAAA\"}",
        "{\"\":1}",
        "{\"zwölf\":12,\"\\u0061\":1}",
        "{\"a\":{\"b\":1},\"c\":2}",
        "[1,{\"b64\":\"AAAA\"},3]"
      })
  void anyRow_meansTheSame(String row) {
    assertSameMeaning(row);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,2],[3,4],[5,6]",
        "[1,2],[3]",
        "[1],[2,3]",
        "[1],[2],[3]",
        "[1,2],3,{\"a\":4}",
        "{\"a\":1},{\"b\":2},{\"b\":3,\"a\":4}",
        "{\"a\":1,\"b\":2},{\"a\":3}",
        "1,2,\"x\"",
        "[1,2],[\"x\",null],[true,4]",
        "[1,2],[[3,4]]"
      })
  void anyRows_meanTheSame(String rows) {
    assertSameMeaning(rows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[01,2]",
        "[1.,2]",
        "[.5,2]",
        "[+1,2]",
        "[1e,2]",
        "[1 2]",
        "[1,,2]",
        "[1,]",
        "[tru,1]",
        "[nul]",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "{a:1}",
        "[\"a\tb\"]",
        "[1-2,3]",
        "[1.5.5,3]",
        "[--1]"
      })
  void brokenRow_isRejected(String row) {
    assertThat(Decoding.mirror(PATH).rejection("{\"instances\":[[7,8]," + row + "]}"))
        .startsWith("v1 bad_");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"instances":[{"a":1,"b":[1,2]}]}      | a b_0 b_1
          {"instances":[{"a":1,"b":[]}]}         | a b
          {"instances":[[1,[2,3]]]}              | feature_0 feature_1 feature_2
          {"instances":[[{"a":1},{"b":2}]]}      | a b
          {"inputs":{"a":[[1,2],[3,4]]}}         | a_0 a_1
          {"inputs":{"a":[1,2],"b":[[3],[4]]}}   | a b
          """)
  void vector_leavesNoColumnOfItsOwnName(String body, String columns) {
    assertThat(Decoding.mirror(PATH).batch(body).columns(Role.INPUT))
        .extracting(Column::name)
        .containsExactly(columns.split(" "));
  }

  @Test
  void randomNumbers_areTheNearestDoubles() {
    SplittableRandom random = new SplittableRandom(3);
    PlainJson plain = new PlainJson();
    Column column = column();
    for (int i = 0; i < 100_000; i++) {
      String text = number(random);

      plain.open(Slice.of(text.getBytes(StandardCharsets.US_ASCII)));

      assertThat(plain.scalar(column, 0)).as(text).isTrue();
      assertThat(plain.isAtEnd()).as(text).isTrue();
      assertThat(column.number(0)).as(text).isEqualTo(Double.parseDouble(text) + 0.0);
    }
  }

  private static Column column() {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(new ModelKey("m", ""), BatchKind.REQUEST, Instant.EPOCH);
    batch.addRow();
    return Objects.requireNonNull(batch.column(Role.INPUT, "x"));
  }

  private static String number(SplittableRandom random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    text.append(random.nextInt(3) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 62)));
    if (random.nextBoolean()) {
      text.append('.');
      for (int digits = random.nextInt(1, 25); digits > 0; digits--) {
        text.append(random.nextInt(10));
      }
    }
    if (random.nextInt(4) == 0) {
      text.append('e').append(random.nextInt(-330, 330));
    }
    return text.toString();
  }
}
