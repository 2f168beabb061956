package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinLayout;
import io.modeldrift.inference.Role;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DemoBaselineTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  // Counts taken from the bundled file with another tool.

  @Test
  void flightDelay_hasEveryFlightOfTheFirstQuarter() {
    Baseline baseline = DemoBaseline.of(DemoModel.FLIGHT_DELAY, NOW);

    assertThat(baseline.rows()).isEqualTo(24_354);
    assertThat(baseline.model().name()).isEqualTo("flight-delay");
    assertThat(baseline.columns().stream().map(BaselineColumn::name))
        .startsWith("airline", "distance", "day_progress", "airline_delay_yesterday");
    assertThat(count(baseline, "airline", "US")).isEqualTo(1695);
    assertThat(count(baseline, "airline", "AA")).isEqualTo(2254);
    assertThat(count(baseline, "airline_delay_yesterday", BinLayout.MISSING)).isEqualTo(281);
  }

  @Test
  void columns_carryChunksInOrderOfTime() {
    assertThat(DemoBaseline.of(DemoModel.AIR_TIME, NOW).columns())
        .allSatisfy(column -> assertThat(column.chunks()).hasSize(30));
  }

  @Test
  void predictions_areThoseOfTheModelServer() {
    BaselineColumn prediction =
        DemoBaseline.of(DemoModel.FLIGHT_DELAY, NOW)
            .column(Role.OUTPUT, "prediction")
            .orElseThrow();

    // A logistic regression with an intercept predicts as many late flights as there were.
    long late = 0;
    try (DemoData flights = DemoData.baseline()) {
      while (flights.hasNext()) {
        late += flights.next().leftLate() ? 1 : 0;
      }
    }
    assertThat(prediction.mean()).isCloseTo(late / 24_354.0, within(0.01));
  }

  private static long count(Baseline baseline, String name, String bin) {
    BaselineColumn column =
        baseline.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    for (int i = 0; i < column.layout().bins(); i++) {
      if (column.layout().name(i).equals(bin)) {
        return column.counts().count(i);
      }
    }
    throw new AssertionError("no bin " + bin);
  }
}
