package io.modeldrift.app.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Keeps a replay at a steady speed: the row number {@code n} is due {@code n / rowsPerSecond} after
 * the start. A replay that has fallen behind does not wait until it has caught up. Not thread-safe.
 */
final class Pace {

  /** Lets a duration pass. */
  interface Pause {
    void last(Duration duration) throws InterruptedException;
  }

  private final InstantSource time;
  private final Pause pause;
  private final double rowsPerSecond;
  private final Instant start;

  /** Starts now; {@code rowsPerSecond} is above 0. */
  Pace(double rowsPerSecond, InstantSource time, Pause pause) {
    this.rowsPerSecond = rowsPerSecond;
    this.time = time;
    this.pause = pause;
    this.start = time.instant();
  }

  /** Returns when the row is due, at once if it is late. */
  void await(long row) throws InterruptedException {
    Instant due = start.plusNanos((long) (row / rowsPerSecond * 1e9));
    Duration early = Duration.between(time.instant(), due);
    if (!early.isNegative() && !early.isZero()) {
      pause.last(early);
    }
  }
}
