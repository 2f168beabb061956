package io.modeldrift.observe;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
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

  private static final long MAX_SPAN_MILLIS = Duration.ofDays(36_500).toMillis();

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

  /** Writes all that {@link #restore} reads. */
  public void save(StateOutput out) {
    out.text(name);
    out.number(span.toMillis());
    out.number(panes);
  }

  /**
   * Reads a window.
   *
   * @throws SnapshotException if there is none
   */
  public static Window restore(StateInput in) throws SnapshotException {
    try {
      return new Window(
          in.text(),
          Duration.ofMillis(in.number(0, MAX_SPAN_MILLIS)),
          (int) in.number(0, Integer.MAX_VALUE));
    } catch (IllegalArgumentException e) {
      throw new SnapshotException("no window: " + e.getMessage());
    }
  }

  /** Returns the length of one pane in milliseconds. */
  public long paneMillis() {
    return span.toMillis() / panes;
  }
}
