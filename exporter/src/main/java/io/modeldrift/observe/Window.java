package io.modeldrift.observe;

import java.time.Duration;

/**
 * A sliding window: how far back it reaches and into how many panes it is cut.
 *
 * @param name as configuration and the {@code window} label spell it, for example {@code 1h}
 * @param span the whole length; at any moment between {@code span - span/panes} and {@code span} of
 *     history is covered
 * @param panes 2 to 288; the span must be a whole number of milliseconds times this
 */
public record Window(String name, Duration span, int panes) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a pane would be shorter than a second or uneven
   */
  public Window {
    if (panes < 2 || panes > 288) {
      throw new IllegalArgumentException(
          "window " + name + ": panes " + panes + " is not in [2, 288]");
    }
    if (span.toMillis() % panes != 0 || span.toMillis() / panes < 1000) {
      throw new IllegalArgumentException(
          "window "
              + name
              + ": "
              + span
              + " cannot be cut into "
              + panes
              + " panes of whole milliseconds and at least 1s");
    }
  }

  /** Returns the length of one pane in milliseconds. */
  public long paneMillis() {
    return span.toMillis() / panes;
  }
}
