package io.modeldrift.app.demo;

import java.time.LocalDate;

/** Made-up flights for tests. */
final class Flights {

  private static final LocalDate JUNE = LocalDate.of(2015, 6, 30);

  private Flights() {}

  /** Returns a flight that left so many minutes late; NaN for one that was called off. */
  static Flight leaving(double minutesLate) {
    return of(JUNE, "AA", minutesLate);
  }

  static Flight of(LocalDate date, String airline, double departureDelay) {
    boolean cancelled = Double.isNaN(departureDelay);
    return new Flight(
        date,
        airline,
        100,
        0.5,
        Double.NaN,
        departureDelay,
        cancelled ? Double.NaN : 10,
        cancelled ? Double.NaN : 30,
        cancelled);
  }
}
