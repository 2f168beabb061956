package io.modeldrift.statistics;

/**
 * Drift detection by Hoeffding's bound on means of values in [0, 1]. Frías-Blanco et al. (2015).
 */
public final class HddmA implements ConceptDriftDetector {

  /**
   * When to detect.
   *
   * @param driftConfidence probability of a false detection per test, in (0, 1)
   * @param warningConfidence the same of a warning
   * @param twoSided whether falls count as well as rises
   */
  public record Settings(double driftConfidence, double warningConfidence, boolean twoSided) {

    public static final Settings DEFAULT = new Settings(0.001, 0.005, false);

    public Settings {
      Arguments.requireProbability(driftConfidence, "drift confidence");
      Arguments.requireProbability(warningConfidence, "warning confidence");
    }
  }

  private final Settings settings;
  private long rows;
  private double mean;
  private double lowest;
  private long lowestRows;
  private double highest;
  private long highestRows;
  private boolean detected;

  public HddmA(Settings settings) {
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
    mean += (loss - mean) / rows;
    double bound = bound(rows);
    if (lowestRows == 0 || lowest + bound(lowestRows) >= mean + bound) {
      lowest = mean;
      lowestRows = rows;
    }
    if (highestRows == 0 || highest - bound(highestRows) <= mean - bound) {
      highest = mean;
      highestRows = rows;
    }
    detected = isBeyond(settings.driftConfidence());
    if (detected) {
      return DetectorSignal.DETECTED;
    }
    return isBeyond(settings.warningConfidence()) ? DetectorSignal.WARNING : DetectorSignal.NONE;
  }

  private boolean isBeyond(double confidence) {
    return isBeyond(mean - lowest, lowestRows, confidence)
        || (settings.twoSided() && isBeyond(highest - mean, highestRows, confidence));
  }

  private boolean isBeyond(double gap, long since, double confidence) {
    if (since >= rows) {
      return false;
    }
    double apart = (double) (rows - since) / ((double) since * rows);
    return gap >= Math.sqrt(apart * Math.log(2 / confidence) / 2);
  }

  private double bound(long count) {
    return Math.sqrt(Math.log(1 / settings.driftConfidence()) / (2.0 * count));
  }

  @Override
  public Result estimate() {
    return DetectorState.mean(mean, rows);
  }

  @Override
  public double[] state() {
    return new double[] {
      rows, mean, lowest, lowestRows, highest, highestRows, DetectorState.flag(detected)
    };
  }

  @Override
  public void restore(double[] state) {
    DetectorState.requireLength(state, 7);
    long restoredRows = DetectorState.count(state[0]);
    long restoredLowestRows = DetectorState.count(state[3]);
    long restoredHighestRows = DetectorState.count(state[5]);
    boolean restoredDetected = DetectorState.flag(state[6]);
    rows = restoredRows;
    mean = state[1];
    lowest = state[2];
    lowestRows = restoredLowestRows;
    highest = state[4];
    highestRows = restoredHighestRows;
    detected = restoredDetected;
  }

  private void restart() {
    rows = 0;
    mean = 0;
    lowestRows = 0;
    highestRows = 0;
  }
}
