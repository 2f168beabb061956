package io.modeldrift.app.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the demo asks its two models, and about which flights. */
public enum DemoModel {
  /** Asked the evening before, about every flight on the schedule: will it leave late? */
  FLIGHT_DELAY(
      "flight-delay", List.of("airline", "distance", "day_progress", "airline_delay_yesterday")) {
    @Override
    public boolean isAskedAbout(Flight flight) {
      return true;
    }
  },

  /** Asked at take-off, so never about a flight that was called off: how long until it lands? */
  AIR_TIME("air-time", List.of("airline", "distance", "departure_delay", "taxi_out")) {
    @Override
    public boolean isAskedAbout(Flight flight) {
      return flight.tookOff();
    }
  };

  private final String modelName;

  @SuppressWarnings("ImmutableEnumChecker") // always List.of
  private final List<String> columns;

  DemoModel(String modelName, List<String> columns) {
    this.modelName = modelName;
    this.columns = columns;
  }

  /** Returns the name in paths and labels, for example {@code flight-delay}. */
  public String modelName() {
    return modelName;
  }

  /** Returns the names of the input columns, in the order in which instances are written. */
  public List<String> columns() {
    return columns;
  }

  /** Whether the model is asked about the flight at all. */
  public abstract boolean isAskedAbout(Flight flight);

  /** Returns the model's inputs for the flight, null where the source has no value. */
  Map<String, @Nullable Object> instance(Flight flight) {
    Map<String, @Nullable Object> instance = new LinkedHashMap<>();
    for (String column : columns) {
      instance.put(column, flight.value(column));
    }
    return instance;
  }
}
