package io.modeldrift.app.demo;

import io.modeldrift.truth.DetectorSettings;
import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import io.modeldrift.truth.OutputKind;
import io.modeldrift.truth.OutputSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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

    @Override
    OptionalDouble outcome(Flight flight) {
      return Double.isNaN(flight.departureDelay())
          ? OptionalDouble.empty()
          : OptionalDouble.of(flight.leftLate() ? 1 : 0);
    }

    @Override
    OutputSettings output() {
      return OutputSettings.defaults().withKind(OutputKind.BINARY).withThreshold(EXPECT_LATE_FROM);
    }
  },

  /** Asked at take-off, so never about a flight that was called off: how long until it lands? */
  AIR_TIME("air-time", List.of("airline", "distance", "departure_delay", "taxi_out")) {
    @Override
    public boolean isAskedAbout(Flight flight) {
      return flight.tookOff();
    }

    @Override
    OptionalDouble outcome(Flight flight) {
      return Double.isNaN(flight.airTime())
          ? OptionalDouble.empty()
          : OptionalDouble.of(flight.airTime());
    }

    @Override
    OutputSettings output() {
      return OutputSettings.defaults().withKind(OutputKind.REGRESSION);
    }
  };

  /** One flight in five is late, so few are more likely late than not. */
  private static final double EXPECT_LATE_FROM = 0.25;

  /** Delays come in days, so errors do: a cautious detector for rows that depend on each other. */
  private static final int BAD_DAYS_ROWS = 100_000_000;

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

  /** Returns what turned out, if the source says so. */
  abstract OptionalDouble outcome(Flight flight);

  abstract OutputSettings output();

  /** Returns how predictions are scored: as what they are, and for each airline. */
  public ModelTruthSettings truth() {
    return new ModelTruthSettings(
        output(),
        List.of(Attribute.ofSegment("airline")),
        new DetectorSettings(List.of(DetectorSettings.Kind.ADWIN), BAD_DAYS_ROWS));
  }

  /** Returns the model's inputs for the flight, null where the source has no value. */
  Map<String, @Nullable Object> instance(Flight flight) {
    Map<String, @Nullable Object> instance = new LinkedHashMap<>();
    for (String column : columns) {
      instance.put(column, flight.value(column));
    }
    return instance;
  }
}
