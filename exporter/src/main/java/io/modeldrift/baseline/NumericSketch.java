package io.modeldrift.baseline;

import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Column;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/**
 * Quantiles of a numeric column by a KLL sketch (Karnin, Lang and Liberty 2016).
 *
 * <p>Up to about 4,000 numbers are kept as they are. Beyond that the rank of an edge is off by at
 * most {@value #MAX_RANK_ERROR} of the numbers, with 99 % confidence, so a bin that should hold a
 * tenth of the rows holds 9.8 to 10.2 %; minimum and maximum are exact. The sketch draws random
 * numbers: two scans of the same large source may choose slightly different edges. About 100 kB.
 */
final class NumericSketch implements ColumnSketch {

  /** Twice the library's bound for one rank, since a bin has two ends. */
  static final double MAX_RANK_ERROR = 0.002;

  private static final int K = 4096;
  private static final int SAMPLE = 10_000;
  private static final NumericLayout ANY_NUMBER = NumericLayout.of(new double[0], 0);

  private final KllDoublesSketch quantiles = KllDoublesSketch.newHeapInstance(K);
  private final Binner binner = new Binner(ANY_NUMBER);

  @Override
  public void add(Column column, int row) {
    if (binner.bin(column, row) < ANY_NUMBER.valueBins()) {
      quantiles.update(binner.value());
    }
  }

  @Override
  public ColumnBins bins(BaselineSettings settings) {
    return ColumnBins.of(NumericLayout.ofQuantiles(sample(), settings.bins()));
  }

  /** Numbers at evenly spaced ranks stand for all of them: spikes and percentiles are kept. */
  private double[] sample() {
    int size = (int) Math.min(SAMPLE, quantiles.getN());
    if (size == 0) {
      return new double[0];
    }
    double[] ranks = new double[size];
    for (int i = 0; i < size; i++) {
      ranks[i] = (i + 0.5) / size;
    }
    double[] sample = quantiles.getQuantiles(ranks, QuantileSearchCriteria.INCLUSIVE);
    sample[0] = quantiles.getMinItem();
    sample[size - 1] = quantiles.getMaxItem();
    return sample;
  }
}
