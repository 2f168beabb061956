package io.modeldrift.statistics;

/**
 * Drift detection method: the error rate against the lowest one so far. Sees rises only, of errors
 * that are 0 or 1. Gama et al. (2004).
 */
public final class Ddm implements ConceptDriftDetector {

  /**
   * When to detect.
   *
   * @param warmRows rows before anything is judged; choose at least 30 / expected error rate
   * @param warningLevel standard deviations above the minimum that are a warning, positive
   * @param driftLevel standard deviations above the minimum that are a detection, positive
   */
  public record Settings(long warmRows, double warningLevel, double driftLevel) {

    public static final Settings DEFAULT = new Settings(30, 2, 3);

    public Settings {
      Arguments.requirePositive(warningLevel, "warning level");
      Arguments.requirePositive(driftLevel, "drift level");
      if (warmRows < 0) {
        throw new IllegalArgumentException("warm rows " + warmRows + " is negative");
      }
    }
  }

  private final Settings settings;
  private long rows;
  private double rate;
  private double lowestRate = Double.POSITIVE_INFINITY;
  private double lowestDeviation = Double.POSITIVE_INFINITY;
  private boolean detected;

  public Ddm(Settings settings) {
    this.settings = settings;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also if the loss is not in [0, 1]
   */
  @Override
  public DetectorSignal update(double loss) {
    DetectorState.requireShare(loss);
    if (detected) {
      restart();
    }
    rows++;
    rate += (loss - rate) / rows;
    if (rows <= settings.warmRows()) {
      return DetectorSignal.NONE;
    }
    return judge(Math.sqrt(rate * (1 - rate) / rows));
  }

  private DetectorSignal judge(double deviation) {
    if (rate + deviation <= lowestRate + lowestDeviation) {
      lowestRate = rate;
      lowestDeviation = deviation;
    }
    double now = rate + deviation;
    detected = now > lowestRate + settings.driftLevel() * lowestDeviation;
    if (detected) {
      return DetectorSignal.DETECTED;
    }
    return now > lowestRate + settings.warningLevel() * lowestDeviation
        ? DetectorSignal.WARNING
        : DetectorSignal.NONE;
  }

  @Override
  public Result estimate() {
    return DetectorState.mean(rate, rows);
  }

  @Override
  public double[] state() {
    return new double[] {rows, rate, lowestRate, lowestDeviation, DetectorState.flag(detected)};
  }

  @Override
  public void restore(double[] state) {
    DetectorState.requireLength(state, 5);
    long restoredRows = DetectorState.count(state[0]);
    boolean restoredDetected = DetectorState.flag(state[4]);
    rows = restoredRows;
    rate = state[1];
    lowestRate = state[2];
    lowestDeviation = state[3];
    detected = restoredDetected;
  }

  private void restart() {
    rows = 0;
    rate = 0;
    lowestRate = Double.POSITIVE_INFINITY;
    lowestDeviation = Double.POSITIVE_INFINITY;
    detected = false;
  }
}
