package io.modeldrift.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({"90s,PT90S", "5m,PT5M", "1h30m,PT90M", "1d,P1D", "1w,P7D", "250ms,PT0.25S"})
  void duration_isReadAsPrometheusWritesIt(String text, Duration expected) {
    assertThat(Quantities.duration(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "m", "5 m", "-5m", "1.5h", "99999999999999999999d"})
  void otherText_isNoDuration(String text) {
    assertThat(Quantities.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"90ms", "1m30s", "5m", "1h30m", "1d", "2d1h"})
  void format_isReadBackAsTheSame(String text) {
    assertThat(Quantities.format(Quantities.duration(text).orElseThrow())).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"17,17", "1KiB,1024", "512 KiB,524288", "1MB,1000000", "2GiB,2147483648"})
  void bytes_areReadWithTheirUnit(String text, long expected) {
    assertThat(Quantities.bytes(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5MiB", "1kib", "many", "99999999999GiB"})
  void otherText_isNoSize(String text) {
    assertThat(Quantities.bytes(text)).isEmpty();
  }
}
