package io.modeldrift.statistics;

/**
 * When ADWIN detects.
 *
 * @param delta about the probability of a false detection, in (0, 1); the published formula errs
 *     far less often
 * @param clock check after every so many values, at least 1
 * @param maxBuckets buckets of one size, at least 2: more find a change more exactly
 * @param minSubWindow fewest values on either side of a cut, at least 1
 * @param graceRows rows up to which nothing is checked
 * @param restartsAfterDetection whether everything is forgotten after a detection; otherwise the
 *     newer part is kept, and the same change may be detected again
 */
public record AdwinSettings(
    double delta,
    int clock,
    int maxBuckets,
    int minSubWindow,
    long graceRows,
    boolean restartsAfterDetection) {

  public static final AdwinSettings DEFAULT = new AdwinSettings(0.002, 32, 5, 5, 10, true);

  public AdwinSettings {
    Arguments.requireProbability(delta, "delta");
    if (clock < 1 || maxBuckets < 2 || minSubWindow < 1 || graceRows < 0) {
      throw new IllegalArgumentException("clock, buckets, sub-window or grace rows out of range");
    }
  }

  /** Returns these settings with another delta. */
  public AdwinSettings withDelta(double changed) {
    return new AdwinSettings(
        changed, clock, maxBuckets, minSubWindow, graceRows, restartsAfterDetection);
  }
}
