package io.modeldrift;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
public final class ManualTime implements InstantSource {

  private Instant now = Instant.parse("2030-01-01T00:00:00Z");

  public void advance(Duration amount) {
    now = now.plus(amount);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
