package io.modeldrift.app.demo;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Flights as what one of the demo's models is asked and answers about them, batch by batch.
 *
 * <p>Not thread-safe.
 */
public final class FlightRows {

  /** Name of the column with what turned out. */
  static final String OUTCOME = "actual";

  private static final int BATCH_ROWS = 1_000;

  /** What the decoder calls the only answer about a row. */
  private static final String PREDICTION = "prediction";

  private final DemoModel model;
  private final FittedModel fitted;
  private final Iterator<Flight> flights;
  private final boolean withOutcome;

  /** Takes the flights that the model is asked about, and leaves the others out. */
  public FlightRows(DemoModel model, Iterator<Flight> flights) {
    this(model, flights, false);
  }

  /**
   * Takes the flights that the model is asked about.
   *
   * @param withOutcome whether what turned out stands beside, as the input {@value #OUTCOME}
   */
  FlightRows(DemoModel model, Iterator<Flight> flights, boolean withOutcome) {
    this.withOutcome = withOutcome;
    this.model = model;
    this.fitted = FittedModel.of(model);
    this.flights = flights;
  }

  /**
   * Fills a batch with the next rows.
   *
   * @return false if there was none left
   */
  public boolean next(InferenceBatch batch) {
    batch.reset(ModelKey.of(model.modelName()), BatchKind.PAIR, Instant.EPOCH);
    while (flights.hasNext() && batch.rows() < BATCH_ROWS) {
      Flight flight = flights.next();
      if (model.isAskedAbout(flight)) {
        add(batch, flight);
      }
    }
    return batch.rows() > 0;
  }

  private void add(InferenceBatch batch, Flight flight) {
    int row = batch.addRow();
    for (String name : model.columns()) {
      Column column = Objects.requireNonNull(batch.column(Role.INPUT, name), name);
      Object value = flight.value(name);
      if (value instanceof Double number) {
        column.setNumber(row, number);
      } else if (value instanceof String text) {
        column.setText(row, text);
      } else {
        column.setMissing(row);
      }
    }
    OptionalDouble outcome = model.outcome(flight);
    if (withOutcome && outcome.isPresent()) {
      Column actual = Objects.requireNonNull(batch.column(Role.INPUT, OUTCOME), OUTCOME);
      actual.setNumber(row, outcome.getAsDouble());
    }
    Column prediction = Objects.requireNonNull(batch.column(Role.OUTPUT, PREDICTION), PREDICTION);
    prediction.setNumber(row, fitted.predict(model.instance(flight)));
  }
}
