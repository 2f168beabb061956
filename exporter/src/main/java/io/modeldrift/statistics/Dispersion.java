package io.modeldrift.statistics;

import io.modeldrift.distribution.BinnedCounts;
import java.util.List;

/**
 * How much noisier a column's counts are than those of independent rows.
 *
 * <p>Live rows come in sessions, batches and hours of the day. The baseline's own chunks,
 * consecutive in time, show how far one stretch of rows lies from the rest when nothing has
 * drifted; compared with what independent rows would show, that is the dispersion. Sources: Rao and
 * Scott (1981, 1984), Satterthwaite (1946).
 *
 * @param delta factor of the noise, at least 1; 1 for independent rows
 * @param unevenness how unequally the bins share the extra noise, at least 1; divides the degrees
 *     of freedom of the null distribution
 * @param known whether both were measured rather than assumed
 */
public record Dispersion(double delta, double unevenness, boolean known) {

  /** Fewer chunks, or shorter ones, say too little. */
  public static final int FEWEST_CHUNKS = 10;

  /** See {@link #FEWEST_CHUNKS}. */
  public static final long FEWEST_CHUNK_ROWS = 100;

  /** The dispersion to assume when nothing is known: that of independent rows. */
  static final Dispersion UNKNOWN = new Dispersion(1, 1, false);

  public Dispersion {
    if (!(delta >= 1 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("dispersion " + delta + " is not at least 1");
    }
    if (!(unevenness >= 1 && unevenness < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("unevenness " + unevenness + " is not at least 1");
    }
  }

  /** Returns the factor on the noise unit, {@code φ = δ·e}. */
  public double noiseFactor() {
    return delta * unevenness;
  }

  /**
   * Returns the dispersion that the baseline's chunks show; "unknown" with fewer than 10 chunks,
   * chunks of fewer than 100 rows, or fewer than two occupied bins.
   *
   * @param chunks consecutive chunks with about as many rows each; together they are the baseline
   * @throws IllegalArgumentException if the chunks differ in their number of bins
   */
  public static Dispersion of(List<BinnedCounts> chunks) {
    if (chunks.size() < FEWEST_CHUNKS
        || chunks.stream().anyMatch(chunk -> chunk.total() < FEWEST_CHUNK_ROWS)) {
      return UNKNOWN;
    }
    BinnedCounts baseline = chunks.stream().reduce(BinnedCounts::plus).orElseThrow();
    double freeBins = occupied(baseline) - 1;
    if (freeBins < 1) {
      return UNKNOWN;
    }
    double[] ratios = chunks.stream().mapToDouble(chunk -> ratio(baseline, chunk)).toArray();
    double mean = Moments.mean(ratios);
    double delta = Math.max(1, mean / freeBins);
    double spread = mean > 0 ? freeBins * Moments.variance(ratios) / (2 * mean * mean) : 0;
    return new Dispersion(delta, Math.min(Math.max(1, spread), freeBins), true);
  }

  /** PSI of a chunk against the others, in noise units of independent rows. */
  private static double ratio(BinnedCounts baseline, BinnedCounts chunk) {
    BinnedPair pair = BinnedPair.unordered(Chunks.rest(baseline, chunk), chunk);
    return Divergences.psi(pair) / pair.noiseUnit();
  }

  private static int occupied(BinnedCounts counts) {
    int occupied = 0;
    for (int bin = 0; bin < counts.bins(); bin++) {
      occupied += counts.count(bin) > 0 ? 1 : 0;
    }
    return occupied;
  }
}
