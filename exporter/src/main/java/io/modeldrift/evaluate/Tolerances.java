package io.modeldrift.evaluate;

import io.modeldrift.statistics.Severity;

/**
 * How much true drift is tolerated, as PSI: everything up to it counts as no drift of that
 * severity.
 *
 * @param warning in (0, 1], below {@code drifted}
 * @param drifted in (0, 1]
 */
public record Tolerances(double warning, double drifted) {

  private static final Tolerances DEFAULT = new Tolerances(0.02, 0.10);
  private static final Tolerances CLASSIC = new Tolerances(0.1, 0.25);

  /** Checks the ranges; NaN is refused too. */
  public Tolerances {
    if (!(0 < warning && warning < drifted && drifted <= 1)) {
      throw new IllegalArgumentException(
          "tolerances must satisfy 0 < warning < drifted <= 1, were warning "
              + warning
              + ", drifted "
              + drifted);
    }
  }

  /** Returns 0.02 and 0.10: mean shifts of about 0.14 and 0.32 baseline standard deviations. */
  public static Tolerances withDefaults() {
    return DEFAULT;
  }

  /** Returns 0.1 and 0.25, the customary bars. */
  public static Tolerances classic() {
    return CLASSIC;
  }

  /** Returns the tolerated PSI of a severity. */
  public double of(Severity severity) {
    return severity == Severity.WARNING ? warning : drifted;
  }
}
