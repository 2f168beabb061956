package io.modeldrift.baseline;

import java.util.Locale;

/** How the values of a column are compared: on a scale or by name. */
public enum ColumnType {
  /** Measured on a scale. */
  NUMERIC,
  /** One of a set of names. */
  CATEGORICAL;

  /** Returns the word that files and configuration use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
