package io.modeldrift.app.web;

import java.util.function.LongSupplier;

/**
 * Lets one request in an interval, and saves up for so many at once: the token bucket of the web
 * configuration file. Thread-safe.
 */
final class RateLimit {

  private final long intervalNanos;
  private final long burst;
  private final LongSupplier nanos;
  private long full;

  /**
   * Starts with a full bucket.
   *
   * @param nanos a clock that only goes forward
   */
  RateLimit(long intervalNanos, long burst, LongSupplier nanos) {
    this.intervalNanos = intervalNanos;
    this.burst = burst;
    this.nanos = nanos;
    this.full = nanos.getAsLong();
  }

  /** Takes a token if there is one; returns whether there was. */
  synchronized boolean admits() {
    long now = nanos.getAsLong();
    long next = Math.max(full - now, 0) + intervalNanos;
    if (next > burst * intervalNanos) {
      return false;
    }
    full = now + next;
    return true;
  }
}
