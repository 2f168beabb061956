package io.modeldrift.statistics;

import java.util.Locale;

/** How bad a drift is. Each severity has its own tolerated PSI. */
public enum Severity {
  /** Surely more than small; by default a PSI above 0.02. */
  WARNING,
  /** Surely more than moderate; by default a PSI above 0.10. */
  DRIFTED;

  /** Returns the name used as a label value, for example {@code warning}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
