package io.modeldrift.statistics;

/**
 * Watches a stream of losses for a change of its mean.
 *
 * <p>One detector per stream: its state cannot be merged. Losses are 0 or 1 for classification, and
 * absolute errors for regression. After a detection it starts afresh before the next value, so the
 * value that was detected is still visible in its state.
 *
 * <p>Mutable and not thread-safe. Updating is constant time, for {@link Adwin} logarithmic.
 */
public sealed interface ConceptDriftDetector permits Adwin, PageHinkley, Ddm, HddmA {

  /**
   * Takes the next loss.
   *
   * @throws IllegalArgumentException if it is not finite: one such value would void all others
   */
  DetectorSignal update(double loss);

  /** Returns the mean loss since the last start; absent before the first value. */
  Result estimate();

  /** Returns everything the detector knows, to be handed to {@link #restore} after a restart. */
  double[] state();

  /**
   * Continues where another detector with the same settings was.
   *
   * @throws IllegalArgumentException if these numbers are no state of such a detector; it is then
   *     unchanged
   */
  void restore(double[] state);
}
