package io.modeldrift.app.demo;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One flight of the bundled year. A number that the source does not have is {@code NaN}.
 *
 * @param date the day of the scheduled departure
 * @param airline the IATA code of the airline
 * @param distance statute miles between the airports
 * @param dayProgress how far into the day's schedule the flight is, 0 to 1
 * @param airlineDelayYesterday the airline's mean departure delay on the day before, in minutes
 * @param departureDelay minutes after the scheduled departure, negative when early
 * @param taxiOut minutes from the gate to take-off
 * @param airTime minutes in the air
 * @param cancelled whether the flight was called off
 */
public record Flight(
    LocalDate date,
    String airline,
    double distance,
    double dayProgress,
    double airlineDelayYesterday,
    double departureDelay,
    double taxiOut,
    double airTime,
    boolean cancelled) {

  /** Minutes of departure delay from which the demo calls a flight late. */
  static final double LATE_AFTER_MINUTES = 15;

  private static final int FIELDS = 9;

  private static final Set<String> LOW_COST = Set.of("B6", "F9", "NK", "VX", "WN");
  private static final Set<String> REGIONAL = Set.of("EV", "MQ", "OO");

  /** Returns the flight that one line of the bundled file describes. */
  static Flight parse(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException(
          "a flight has " + FIELDS + " fields, found " + fields.length);
    }
    return new Flight(
        LocalDate.parse(fields[0]),
        fields[1],
        number(fields[2]),
        number(fields[3]),
        number(fields[4]),
        number(fields[5]),
        number(fields[6]),
        number(fields[7]),
        fields[8].equals("1"));
  }

  private static double number(String field) {
    return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
  }

  /** Whether the flight left the ground, as far as the source says. */
  boolean tookOff() {
    return !Double.isNaN(taxiOut) && !cancelled;
  }

  /** Whether the flight left, and more than 15 minutes late. */
  boolean leftLate() {
    return departureDelay > LATE_AFTER_MINUTES;
  }

  /**
   * Returns the kind of the airline: {@code network}, {@code low_cost}, or {@code regional}, which
   * flies from smaller places to the hubs of the first.
   */
  String carrier() {
    if (REGIONAL.contains(airline)) {
      return "regional";
    }
    return LOW_COST.contains(airline) ? "low_cost" : "network";
  }

  /**
   * Returns the value of a model's input column: a {@code Double}, a {@code String}, or null when
   * the source does not have it.
   *
   * @throws IllegalArgumentException if no flight has such a column
   */
  public @Nullable Object value(String column) {
    return switch (column) {
      case "airline" -> airline;
      case "carrier" -> carrier();
      case "distance" -> known(distance);
      case "day_progress" -> known(dayProgress);
      case "airline_delay_yesterday" -> known(airlineDelayYesterday);
      case "departure_delay" -> known(departureDelay);
      case "taxi_out" -> known(taxiOut);
      default -> throw new IllegalArgumentException("no column " + column);
    };
  }

  private static @Nullable Double known(double number) {
    return Double.isNaN(number) ? null : number;
  }
}
