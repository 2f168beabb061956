package io.modeldrift.statistics;

import java.util.Locale;

/** What is known about the drift of a column or a model, from nothing to the worst. */
public enum DriftState {
  /** Too little is known for a verdict. Not the same as no drift. */
  INSUFFICIENT(-1),
  /** No more drift than is tolerated. */
  STABLE(0),
  /** Surely more than small. */
  WARNING(1),
  /** Surely more than moderate. */
  DRIFTED(2);

  private final int number;

  DriftState(int number) {
    this.number = number;
  }

  /** Returns the state as a number, for where one is needed: −1 to 2. */
  public int number() {
    return number;
  }

  /** Returns the name used in metrics and messages, for example {@code drifted}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether this state is {@code other} or worse; "insufficient" is never worse. */
  public boolean isAtLeast(DriftState other) {
    return number >= other.number;
  }
}
