package io.modeldrift.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.ManualTime;
import io.modeldrift.statistics.ReferenceValue;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LatencyReferenceTest {

  private static final Window WINDOW = new Window("5m", Duration.ofMinutes(5), 5);

  private final ManualTime time = new ManualTime();
  private final LatencyHistogram latency = new LatencyHistogram(WINDOW, time.instant());

  static Stream<ReferenceValue> percentiles() {
    return ReferenceValue.of("latency-percentiles");
  }

  @ParameterizedTest
  @MethodSource("percentiles")
  void quantiles_matchReference(ReferenceValue reference) {
    assertThat(ReferenceValue.doubles(reference.given().get("percentiles")))
        .containsExactly(50, 90, 95, 99, 99.9);

    for (long micros : ReferenceValue.longs(reference.given().get("micros"))) {
      latency.record(Duration.of(micros, ChronoUnit.MICROS), time.instant());
    }

    double[] quantiles =
        latency.snapshot(time.instant()).window().seconds().stream()
            .mapToDouble(seconds -> Math.rint(seconds * 1e6))
            .toArray();
    reference.check(reference.expected(), quantiles);
  }

  @Test
  void panesThatAgedOut_areForgottenByTheQuantilesOnly() {
    latency.record(Duration.ofSeconds(10), time.instant());
    time.advance(Duration.ofMinutes(4));
    latency.record(Duration.ofMillis(10), time.instant());
    assertThat(latency.snapshot(time.instant()).window().count()).isEqualTo(2);

    time.advance(Duration.ofMinutes(1));

    LatencyCounts counts = latency.snapshot(time.instant());
    assertThat(counts.window().count()).isEqualTo(1);
    assertThat(counts.window().seconds().get(4)).isCloseTo(0.01, within(0.0001));
    assertThat(counts.total()).isEqualTo(2);
  }

  @Test
  void noAnswers_haveNoQuantiles() {
    assertThat(latency.snapshot(time.instant()).window()).isEqualTo(LatencyQuantiles.none("5m"));
  }

  @Test
  void answerBeforeItsRequest_isZeroAndCounted() {
    latency.record(Duration.ofMillis(-3), time.instant());

    LatencyCounts counts = latency.snapshot(time.instant());
    assertThat(counts.negative()).isEqualTo(1);
    assertThat(counts.seconds()).isZero();
    assertThat(counts.window().seconds()).isEqualTo(List.of(0.0, 0.0, 0.0, 0.0, 0.0));
  }

  @Test
  void answerAfterMoreThanTenMinutes_isTenMinutesAndCounted() {
    latency.record(Duration.ofHours(3), time.instant());

    LatencyCounts counts = latency.snapshot(time.instant());
    assertThat(counts.tooLong()).isEqualTo(1);
    assertThat(counts.seconds()).isEqualTo(600);
    assertThat(counts.window().seconds().get(0)).isCloseTo(600, within(6.0));
  }
}
