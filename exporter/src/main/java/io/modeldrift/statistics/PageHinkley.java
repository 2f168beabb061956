package io.modeldrift.statistics;

/** Page–Hinkley test: a forgetful sum of deviations from the mean. Page (1954), Hinkley (1971). */
public final class PageHinkley implements ConceptDriftDetector {

  /** Which changes of the mean are detected. */
  public enum Direction {
    UP,
    DOWN,
    BOTH
  }

  /**
   * When to detect.
   *
   * @param delta deviation that is tolerated per value, in units of the input
   * @param lambda sum of deviations that is a detection, positive
   * @param alpha what is kept of the sum per value, in (0, 1]
   * @param minRows rows before which nothing is detected
   */
  public record Settings(
      double delta, double lambda, double alpha, long minRows, Direction direction) {

    public static final Settings DEFAULT = new Settings(0.005, 50, 0.9999, 30, Direction.UP);

    public Settings {
      Arguments.requirePositive(lambda, "lambda");
      if (!(delta >= 0 && alpha > 0 && alpha <= 1 && minRows >= 0)) {
        throw new IllegalArgumentException("delta " + delta + ", alpha " + alpha + " out of range");
      }
    }
  }

  private final Settings settings;
  private long rows;
  private double mean;
  private double up;
  private double down;
  private boolean detected;

  public PageHinkley(Settings settings) {
    this.settings = settings;
  }

  @Override
  public DetectorSignal update(double loss) {
    DetectorState.requireFinite(loss);
    if (detected) {
      restart();
    }
    rows++;
    mean += (loss - mean) / rows;
    double deviation = loss - mean;
    up = Math.max(0, settings.alpha() * up + deviation - settings.delta());
    down = Math.max(0, settings.alpha() * down - deviation - settings.delta());
    detected = rows >= settings.minRows() && sum() >= settings.lambda();
    return detected ? DetectorSignal.DETECTED : DetectorSignal.NONE;
  }

  /** Returns the sum that is compared with lambda. */
  public double sum() {
    return switch (settings.direction()) {
      case UP -> up;
      case DOWN -> down;
      case BOTH -> Math.max(up, down);
    };
  }

  @Override
  public Result estimate() {
    return DetectorState.mean(mean, rows);
  }

  @Override
  public double[] state() {
    return new double[] {rows, mean, up, down, DetectorState.flag(detected)};
  }

  @Override
  public void restore(double[] state) {
    DetectorState.requireLength(state, 5);
    long restoredRows = DetectorState.count(state[0]);
    boolean restoredDetected = DetectorState.flag(state[4]);
    rows = restoredRows;
    mean = state[1];
    up = state[2];
    down = state[3];
    detected = restoredDetected;
  }

  private void restart() {
    rows = 0;
    mean = 0;
    up = 0;
    down = 0;
  }
}
