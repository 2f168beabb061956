package io.modeldrift.statistics;

/** Keeps the next guess of a root search between the bounds found so far. */
final class Bracket {

  private Bracket() {}

  static double inside(double guess, double low, double high) {
    if (low < guess && guess < high) {
      return guess;
    }
    return high == Double.POSITIVE_INFINITY ? 2 * low : low + (high - low) / 2;
  }
}
