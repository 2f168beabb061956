package io.modeldrift.statistics;

/**
 * What must be fixed before two versions are compared.
 *
 * @param alpha probability of an interval that ever misses the truth, in (0, 1)
 * @param plannedRows for how many rows the interval is at its narrowest, positive
 */
public record SequentialPlan(double alpha, double plannedRows) {

  public static final SequentialPlan DEFAULT = new SequentialPlan(0.05, 10_000);

  public SequentialPlan {
    Arguments.requireProbability(alpha, "alpha");
    Arguments.requirePositive(plannedRows, "planned rows");
  }

  /** Returns the weight of the prior, in rows: {@code ρ}. */
  double priorRows() {
    return mixtureConstant(alpha) * plannedRows;
  }

  /**
   * Returns {@code 1/(−W₋₁(−α²/e) − 1)} with the lower branch of Lambert's function: {@code u =
   * −W₋₁} solves {@code u − ln u = 1 − 2 ln α}, by Newton's method from above.
   */
  static double mixtureConstant(double alpha) {
    double target = 1 - 2 * Math.log(alpha);
    double u = target + Math.log(target) + 1;
    for (int i = 0; i < 50; i++) {
      double step = (u - Math.log(u) - target) / (1 - 1 / u);
      u -= step;
      if (Math.abs(step) <= 1e-15 * u) {
        break;
      }
    }
    return 1 / (u - 1);
  }
}
