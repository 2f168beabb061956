package io.modeldrift.statistics;

import java.util.Locale;

/** How bad a drift is. Each severity has its own tolerated PSI. */
public enum Severity {
  /** Surely more than small; by default a PSI above 0.02. */
  WARNING(DriftState.WARNING),
  /** Surely more than moderate; by default a PSI above 0.10. */
  DRIFTED(DriftState.DRIFTED);

  private final DriftState state;

  Severity(DriftState state) {
    this.state = state;
  }

  /** Returns the state of a column flagged with this severity. */
  public DriftState state() {
    return state;
  }

  /** Returns the name used as a label value, for example {@code warning}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
