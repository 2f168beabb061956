package io.modeldrift.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

  private final NumberText text = new NumberText();

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "' 42 ', 42",
    "-1.5, -1.5",
    "+7, 7",
    ".5, 0.5",
    "5., 5",
    "007, 7",
    "1e3, 1000",
    "1E-3, 0.001",
    "123456789012345678901234567890, 1.2345678901234568e29",
    "0.1234567890123456789, 0.12345678901234568",
    "4.9e-324, 4.9e-324",
    "1e999, Infinity",
    "-1e999, -Infinity",
    "1e-999, 0",
    "inf, Infinity",
    "-Infinity, -Infinity",
    "NaN, NaN",
  })
  void number_isReadToTheNearestDouble(String source, double expected) {
    assertThat(parse(source)).isTrue();
    assertThat(text.value()).isEqualTo((Double) expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-", ".", "e5", "1e", "1e+", "1f", "1d", "0x10", "1_000", "1,5"})
  void otherText_isNoNumber(String source) {
    assertThat(parse(source)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2", "12:30", "2015-01-01", "nano", "infinite", "--1", "1.2.3", "١"})
  void textThatStartsLikeANumber_isNoNumber(String source) {
    assertThat(parse(source)).isFalse();
  }

  @Test
  void anyDouble_isReadAsTheJdkReadsIt() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      String source =
          i % 2 == 0
              ? Double.toString(Double.longBitsToDouble(random.nextLong()))
              : Double.toString(random.nextInt(1_000_000) / 1000.0);

      assertThat(parse(source)).as(source).isTrue();
      assertThat(text.value()).as(source).isEqualTo(Double.valueOf(source));
    }
  }

  private boolean parse(String source) {
    char[] chars = ("x" + source + "x").toCharArray();
    return text.parse(chars, 1, source.length());
  }
}
