package io.modeldrift.app.demo;

import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import io.modeldrift.truth.OutputKind;
import io.modeldrift.truth.OutputSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the demo asks its two models, and about which flights and which of their versions. */
public enum DemoModel {
  /** Asked the evening before, about every flight on the schedule: will it leave late? */
  FLIGHT_DELAY(
      "flight-delay",
      List.of("airline", "distance", "day_progress", "airline_delay_yesterday"),
      List.of("carrier")) {
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

    @Override
    double decision(double prediction) {
      return prediction >= EXPECT_LATE_FROM ? 1 : 0;
    }

    @Override
    String version(long flight) {
      return flight % 10 == 3 ? CHALLENGER : CHAMPION;
    }

    @Override
    Optional<String> shadow(long batch) {
      return batch % 3 == 2 ? Optional.of(CHALLENGER) : Optional.empty();
    }
  },

  /** Asked at take-off, so never about a flight that was called off: how long until it lands? */
  AIR_TIME("air-time", List.of("airline", "distance", "departure_delay", "taxi_out"), List.of()) {
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

    @Override
    double decision(double prediction) {
      return prediction;
    }

    @Override
    String version(long flight) {
      return "";
    }

    @Override
    Optional<String> shadow(long batch) {
      return Optional.empty();
    }
  };

  /** The version of {@code flight-delay} in charge, as it was fitted. */
  static final String CHAMPION = "1";

  /** The version that may take its place: the same coefficients in fewer bits. */
  static final String CHALLENGER = "2";

  /** One flight in five is late, so few are more likely late than not. */
  private static final double EXPECT_LATE_FROM = 0.25;

  private final String modelName;

  @SuppressWarnings("ImmutableEnumChecker") // always List.of
  private final List<String> columns;

  @SuppressWarnings("ImmutableEnumChecker") // always List.of
  private final List<String> groups;

  DemoModel(String modelName, List<String> columns, List<String> groups) {
    this.modelName = modelName;
    this.columns = columns;
    this.groups = groups;
  }

  /** Returns the name in paths and labels, for example {@code flight-delay}. */
  public String modelName() {
    return modelName;
  }

  /** Returns the names of the input columns, in the order in which instances are written. */
  public List<String> columns() {
    return columns;
  }

  /**
   * Returns the names of columns that are sent along, are no feature, and tell apart groups that
   * the model is to treat alike.
   */
  public List<String> groups() {
    return groups;
  }

  /** Whether the model is asked about the flight at all. */
  public abstract boolean isAskedAbout(Flight flight);

  /** Returns what turned out, if the source says so. */
  abstract OptionalDouble outcome(Flight flight);

  /** Returns what a passenger is told because of a prediction. */
  abstract double decision(double prediction);

  /**
   * Returns the version that is asked about a flight, empty if there is only one: the challenger is
   * a canary that gets one flight of ten.
   *
   * @param flight number of the flight in the replay
   */
  abstract String version(long flight);

  /**
   * Returns the version that is asked beside the champion, though nobody hears its answer.
   *
   * @param batch number of the batch in the replay
   */
  abstract Optional<String> shadow(long batch);

  abstract OutputSettings output();

  /** Returns the path under which a version of the model is asked to do something. */
  String path(String version, String verb) {
    String versioned = version.isEmpty() ? "" : "/versions/" + version;
    return "/v1/models/" + modelName + versioned + ":" + verb;
  }

  /** Returns how the predictions of the baseline are scored: as what they are, and by airline. */
  ModelTruthSettings truth() {
    return new ModelTruthSettings(output(), List.of(Attribute.ofSegment("airline")));
  }

  /** Returns what is sent about the flight, null where the source has no value. */
  Map<String, @Nullable Object> instance(Flight flight) {
    Map<String, @Nullable Object> instance = new LinkedHashMap<>();
    for (String column : columns) {
      instance.put(column, flight.value(column));
    }
    for (String group : groups) {
      instance.put(group, flight.value(group));
    }
    return instance;
  }
}
