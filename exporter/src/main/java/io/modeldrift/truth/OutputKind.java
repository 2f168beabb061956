package io.modeldrift.truth;

import java.util.Locale;

/** What a model predicts. */
public enum OutputKind {
  /** One of two classes, or the probability of one of them. */
  BINARY,
  /** One of several classes. */
  MULTICLASS,
  /** A number. */
  REGRESSION;

  /** Returns the name used in configuration. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
