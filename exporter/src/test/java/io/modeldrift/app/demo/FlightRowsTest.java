package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FlightRowsTest {

  private final InferenceBatch batch = new InferenceBatch();

  @Test
  void rows_areThoseThatTheModelIsAskedAbout() {
    // Of the source's 24,354 flights of January to March, 740 have no taxi-out time or were called
    // off, counted with another tool.
    assertThat(rowsOf(DemoModel.FLIGHT_DELAY)).isEqualTo(24_354);
    assertThat(rowsOf(DemoModel.AIR_TIME)).isEqualTo(24_354 - 740);
  }

  @Test
  void columns_areTheModelsInputs() {
    try (DemoData data = DemoData.baseline()) {
      new FlightRows(DemoModel.FLIGHT_DELAY, data).next(batch);
    }

    assertThat(batch.model().name()).isEqualTo("flight-delay");
    assertThat(batch.columns(Role.INPUT).stream().map(Column::name))
        .containsExactlyElementsOf(DemoModel.FLIGHT_DELAY.columns());
    assertThat(column("airline").text(0)).isEqualTo("B6");
    assertThat(column("distance").number(0)).isEqualTo(369);
    assertThat(column("airline_delay_yesterday").kind(0)).isEqualTo(Column.MISSING);
  }

  @Test
  void rows_keepTheirOrderAcrossBatches() {
    List<Double> distances = new ArrayList<>();
    try (DemoData data = DemoData.baseline()) {
      FlightRows rows = new FlightRows(DemoModel.FLIGHT_DELAY, data);
      rows.next(batch);
      rows.next(batch);
      for (int row = 0; row < batch.rows(); row++) {
        distances.add(column("distance").number(row));
      }
    }

    try (DemoData data = DemoData.baseline()) {
      List<Double> expected = new ArrayList<>();
      data.forEachRemaining(flight -> expected.add(flight.distance()));
      assertThat(distances).hasSize(1_000).isEqualTo(expected.subList(1_000, 2_000));
    }
  }

  private int rowsOf(DemoModel model) {
    int total = 0;
    try (DemoData data = DemoData.baseline()) {
      FlightRows rows = new FlightRows(model, data);
      while (rows.next(batch)) {
        total += batch.rows();
      }
    }
    return total;
  }

  private Column column(String name) {
    return Objects.requireNonNull(batch.find(Role.INPUT, name));
  }
}
