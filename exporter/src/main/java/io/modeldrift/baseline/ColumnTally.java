package io.modeldrift.baseline;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the rows of one column over given bins, as a whole and in chunks, with sums and moments.
 *
 * <p>Mean and standard deviation are updated value by value (Welford 1962), which stays exact where
 * a sum of squares would cancel.
 */
final class ColumnTally {

  private static final int FEWEST_CHUNKS = 10;
  private static final int FEWEST_ROWS_IN_A_CHUNK = 100;

  private final ColumnBins bins;
  private final Binner binner;
  private final long rows;
  private final long[] counts;
  private final double[] sums;
  private final long[][] chunkCounts;
  private final double[][] chunkSums;
  private long values;
  private double mean;
  private double squares;

  /**
   * Makes an empty tally.
   *
   * @param rows how many rows will be added
   * @param chunks how many chunks are wanted at most
   */
  ColumnTally(ColumnBins bins, long rows, int chunks) {
    this.bins = bins;
    this.binner = new Binner(bins.counting());
    this.rows = rows;
    this.counts = new long[bins.layout().bins()];
    this.sums = new double[bins.layout().valueBins() > 0 ? counts.length : 0];
    int feasible = feasibleChunks(rows, chunks);
    this.chunkCounts = new long[feasible][counts.length];
    this.chunkSums = new double[feasible][sums.length];
  }

  /** Adds the cell of a row of a batch; {@code index} is the row's place among all rows. */
  void add(Column column, int row, long index) {
    int bin = binner.bin(column, row);
    int chunk = chunkCounts.length == 0 ? -1 : (int) (index * chunkCounts.length / rows);
    counts[bin]++;
    if (chunk >= 0) {
      chunkCounts[chunk][bin]++;
    }
    if (bin < bins.layout().valueBins()) {
      addValue(binner.value(), bin, chunk);
    }
  }

  private void addValue(double value, int bin, int chunk) {
    sums[bin] += value;
    if (chunk >= 0) {
      chunkSums[chunk][bin] += value;
    }
    values++;
    double delta = value - mean;
    mean += delta / values;
    squares += delta * (value - mean);
  }

  BaselineColumn toColumn(String name, Role role, double importance) {
    List<BinnedCounts> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < chunkCounts.length; chunk++) {
      chunks.add(BinnedCounts.of(chunkCounts[chunk], chunkSums[chunk]));
    }
    return new BaselineColumn(
        name,
        role,
        bins.layout(),
        BinnedCounts.of(counts, sums),
        mean,
        values == 0 ? 0 : Math.sqrt(squares / values),
        chunks,
        importance);
  }

  /** Chunks of too few rows say nothing about dispersion: fewer are made, or none. */
  private static int feasibleChunks(long rows, int wanted) {
    int chunks = (int) Math.min(wanted, rows / FEWEST_ROWS_IN_A_CHUNK);
    return chunks < FEWEST_CHUNKS ? 0 : chunks;
  }
}
