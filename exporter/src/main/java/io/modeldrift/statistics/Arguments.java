package io.modeldrift.statistics;

/** Checks of arguments that several procedures share. Each also refuses NaN. */
final class Arguments {

  private Arguments() {}

  static void requireProbability(double value, String name) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " " + value + " is not in (0, 1)");
    }
  }

  static void requireNonNegative(double value, String name) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " " + value + " is negative or not finite");
    }
  }

  static void requirePositive(double value, String name) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " " + value + " is not positive and finite");
    }
  }

  static void requireSameLength(int baseline, int current) {
    if (baseline != current) {
      throw new IllegalArgumentException(
          "baseline has " + baseline + " bins, current has " + current);
    }
  }
}
