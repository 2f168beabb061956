package io.modeldrift.observe;

import java.util.Locale;

/**
 * What was wrong with one value, in the order in which the rules are applied.
 *
 * <p>A value counts under at most one of them, the first that applies, except that NaN counts under
 * {@link #NAN} and {@link #MISSING}.
 */
public enum ViolationReason {
  /** Null, absent key, empty field or NaN. */
  MISSING,
  /** NaN; counted under missing as well, since servers disagree on how to write it. */
  NAN,
  /** Not a scalar. */
  OPAQUE,
  /** A text in a numeric column that is not a number. */
  TYPE_MISMATCH,
  /** An infinite number, also by overflow. */
  INF,
  /** A fraction in a column declared as integer. */
  NOT_INTEGER,
  /** Below the declared minimum, or without declaration below all baseline values. */
  BELOW_MINIMUM,
  /** Above the declared maximum, or without declaration above all baseline values. */
  ABOVE_MAXIMUM,
  /** Not in the declared list of categories. */
  NOT_ALLOWED,
  /** No list is declared and the baseline never saw the category. */
  UNSEEN_CATEGORY,
  /** A text longer than declared. */
  TOO_LONG;

  /** Returns the value of the {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
