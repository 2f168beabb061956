package io.modeldrift.inference;

/**
 * Names of columns that a payload gives by position only: {@code feature_0}.
 *
 * <p>The names of all positions that a batch can hold are made once and shared.
 */
public final class PositionalNames {

  /** The name of the only output of a row. */
  public static final String PREDICTION = "prediction";

  private static final String[] FEATURES = features();

  private PositionalNames() {}

  /** Returns the name of the input at this zero-based position. */
  public static String feature(int position) {
    return position < FEATURES.length ? FEATURES[position] : "feature_" + position;
  }

  private static String[] features() {
    String[] names = new String[InferenceBatch.MAX_COLUMNS];
    for (int i = 0; i < names.length; i++) {
      names[i] = "feature_" + i;
    }
    return names;
  }
}
