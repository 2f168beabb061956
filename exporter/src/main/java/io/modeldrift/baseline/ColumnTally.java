package io.modeldrift.baseline;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
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

  private final String name;
  private final Role role;
  private final ColumnBins bins;
  private final Binner binner;
  private final double importance;
  private final long rows;
  private final long[] counts;
  private final double[] sums;
  private final long[][] chunkCounts;
  private final double[][] chunkSums;
  private long index;
  private long values;
  private double mean;
  private double squares;

  /**
   * Makes an empty tally.
   *
   * @param rows how many rows will be added
   * @param chunks how many chunks are wanted at most
   */
  ColumnTally(String name, Role role, ColumnBins bins, long rows, int chunks, double importance) {
    this.name = name;
    this.role = role;
    this.bins = bins;
    this.binner = new Binner(bins.counting());
    this.importance = importance;
    this.rows = rows;
    this.counts = new long[bins.layout().bins()];
    this.sums = new double[bins.layout().valueBins() > 0 ? counts.length : 0];
    int feasible = feasibleChunks(rows, chunks);
    this.chunkCounts = new long[feasible][counts.length];
    this.chunkSums = new double[feasible][sums.length];
  }

  /** Adds the rows of a batch, if it has rows of the column's role at all. */
  void add(InferenceBatch batch) {
    if (batch.kind() == (role == Role.INPUT ? BatchKind.RESPONSE : BatchKind.REQUEST)) {
      return;
    }
    Column column = batch.find(role, name);
    if (column != null) {
      add(column, batch.rows());
    } else {
      addMissing(batch.rows());
    }
  }

  /** Adds the first rows of a column. */
  void add(Column column, int number) {
    for (int row = 0; row < number; row++) {
      int bin = binner.bin(column, row);
      int chunk = count(bin);
      if (bin < bins.layout().valueBins()) {
        addValue(binner.value(), bin, chunk);
      }
    }
  }

  ColumnBins bins() {
    return bins;
  }

  /** Returns whether as many rows were added as were announced. */
  boolean isComplete() {
    return index == rows;
  }

  private void addMissing(int number) {
    for (int i = 0; i < number; i++) {
      count(bins.layout().missing());
    }
  }

  /** Counts one row and returns its chunk, -1 if there are none. */
  private int count(int bin) {
    counts[bin]++;
    long place = Math.min(index++, rows - 1); // more rows than announced are an error found later
    if (chunkCounts.length == 0) {
      return -1;
    }
    int chunk = (int) (place * chunkCounts.length / rows);
    chunkCounts[chunk][bin]++;
    return chunk;
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

  BaselineColumn toColumn() {
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
