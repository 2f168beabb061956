package io.modeldrift.statistics;

/**
 * Settings of detectors that give about one false alarm per so many rows.
 *
 * <p>DDM cannot be set so: its false alarms come early in the run, not at a rate. Source of
 * Page–Hinkley's: Siegmund (1985); of the others: simulation.
 *
 * @param rows expected rows between false alarms, at least 1
 */
public record ExpectedRun(double rows) {

  /** Recommended unless something is known about the cost of a false alarm. */
  public static final ExpectedRun DEFAULT = new ExpectedRun(100_000);

  private static final double DRIFT_PER_DEVIATION = 0.05;

  /** Siegmund's correction for the overshoot of a sum over its bound. */
  private static final double OVERSHOOT = 1.166;

  public ExpectedRun {
    if (!(rows >= 1 && rows < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("expected run of " + rows + " rows");
    }
  }

  /** Returns ADWIN's settings. */
  public AdwinSettings adwin() {
    return AdwinSettings.DEFAULT.withDelta(clamp(0.1 * Math.pow(51_000 / rows, 0.8), 1e-6, 0.3));
  }

  /** Returns HDDM_A's settings. */
  public HddmA.Settings hddmA() {
    double confidence = clamp(0.001 * Math.pow(250_000 / rows, 0.8), 1e-9, 0.005);
    return new HddmA.Settings(confidence, 5 * confidence, false);
  }

  /**
   * Returns Page–Hinkley's settings.
   *
   * @param deviation standard deviation of the input, positive
   * @param binary whether the input is 0 or 1
   */
  public PageHinkley.Settings pageHinkley(double deviation, boolean binary) {
    Arguments.requirePositive(deviation, "standard deviation");
    double bound = boundOf(binary ? 3 * rows : rows);
    PageHinkley.Settings defaults = PageHinkley.Settings.DEFAULT;
    return new PageHinkley.Settings(
        DRIFT_PER_DEVIATION * deviation,
        bound * deviation,
        defaults.alpha(),
        defaults.minRows(),
        defaults.direction());
  }

  /** Solves {@code (e^{2κb} − 2κb − 1)/(2κ²) = run} for {@code h = b − 1.166} by bisection. */
  private static double boundOf(double run) {
    double low = 0;
    double high = 1000;
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      double exponent = 2 * DRIFT_PER_DEVIATION * (middle + OVERSHOOT);
      double length =
          (Math.expm1(exponent) - exponent) / (2 * DRIFT_PER_DEVIATION * DRIFT_PER_DEVIATION);
      if (length < run) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double clamp(double value, double low, double high) {
    return Math.min(high, Math.max(low, value));
  }
}
