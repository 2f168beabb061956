package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoDataTest {

  private static final List<Flight> BASELINE = all(DemoData.baseline());
  private static final List<Flight> TRAFFIC = all(DemoData.traffic());

  private static List<Flight> all(DemoData data) {
    List<Flight> flights = new ArrayList<>();
    try (data) {
      data.forEachRemaining(flights::add);
    }
    return flights;
  }

  // The counts in this test are those of the source, taken with another tool.

  @Test
  void baseline_isJanuaryToMarch() {
    assertThat(BASELINE).hasSize(24_354);
    assertThat(BASELINE.get(0).date()).isEqualTo(LocalDate.of(2015, 1, 1));
    assertThat(BASELINE.get(24_353).date()).isEqualTo(LocalDate.of(2015, 3, 31));
  }

  @Test
  void traffic_isAprilToDecember() {
    assertThat(TRAFFIC).hasSize(75_646);
    assertThat(TRAFFIC.get(0).date()).isEqualTo(LocalDate.of(2015, 4, 1));
    assertThat(TRAFFIC.get(75_645).date()).isEqualTo(LocalDate.of(2015, 12, 31));
  }

  @Test
  void flights_areInOrderOfTheirDates() {
    assertThat(Stream.concat(BASELINE.stream(), TRAFFIC.stream()).map(Flight::date)).isSorted();
  }

  @Test
  void airlineUs_fliesUntilTheEndOfJuneOnly() {
    assertThat(TRAFFIC.stream().filter(f -> f.airline().equals("US")).map(Flight::date))
        .contains(LocalDate.of(2015, 6, 30))
        .noneMatch(date -> date.isAfter(LocalDate.of(2015, 6, 30)));
  }

  @Test
  void missingValues_stayMissing() {
    assertThat(Stream.concat(BASELINE.stream(), TRAFFIC.stream()))
        .filteredOn(flight -> flight.value("departure_delay") == null)
        .hasSize(444 + 1_030)
        .allMatch(flight -> Double.isNaN(flight.departureDelay()) && !flight.leftLate());
  }

  @Test
  void next_afterTheLastFlight_isRefused() {
    try (DemoData data = DemoData.traffic()) {
      data.forEachRemaining(flight -> {});
      assertThatThrownBy(data::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void flight_unknownColumn_isRefused() {
    assertThatThrownBy(() -> TRAFFIC.get(0).value("gate")).hasMessage("no column gate");
  }
}
