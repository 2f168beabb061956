package io.modeldrift.inference;

import java.util.Locale;

/** What was wrong with the shape of rows that were understood all the same. */
public enum SchemaProblem {
  /** Rows of one payload differ in length. */
  RAGGED,
  /** Columns, or features and predictions, differ in their number of rows. */
  ROW_MISMATCH,
  /** A tensor's data does not fit its shape. */
  BAD_SHAPE,
  /** A value does not have the type that its own payload declares. */
  TYPE_MISMATCH,
  /** A part that the format requires is not there and was inferred. */
  MISSING_FIELD,
  /** A column of a type that cannot be decoded. */
  UNSUPPORTED,
  /** One of the records of a payload, or one side of a pair, could not be used; the rest was. */
  BAD_RECORD,
  /** The payload has more columns than the cap allows; the rest was left out. */
  TOO_MANY_FEATURES,
  /** The row names a column that neither configuration nor baseline knows. */
  UNEXPECTED_FEATURE,
  /** The row does not name a column that the baseline knows. */
  ABSENT_FEATURE;

  /** Returns the value of the {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
