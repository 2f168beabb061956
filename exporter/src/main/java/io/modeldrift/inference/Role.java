package io.modeldrift.inference;

import java.util.Locale;

/** What a column is to its model. Part of a column's identity. */
public enum Role {
  /** A feature: what the model was asked. */
  INPUT,
  /** A prediction: what the model answered. */
  OUTPUT,
  /** Computed here from other columns, for example an outlier score. */
  DERIVED;

  /** Returns the value of the {@code role} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
