package io.modeldrift.baseline;

import java.util.HashMap;
import java.util.Map;

/**
 * How a baseline is made from rows.
 *
 * @param bins about how many equally filled bins a numeric column gets, 2 to 16
 * @param top the largest number of own categories, 1 to 500
 * @param minRows how many rows an own category must have, at least 1
 * @param chunks into how many consecutive parts the rows are cut, to learn how much the columns
 *     wander by themselves; 0 if the rows are in no order of time, at most 1000
 * @param textNumbers whether a column of texts that are all numbers is numeric, as in CSV files,
 *     where everything is text
 * @param reconstruction whether rows also get a reconstruction error, which sees correlations
 *     between numeric inputs break
 * @param columns what was said about single columns, by name
 */
public record BaselineSettings(
    int bins,
    int top,
    long minRows,
    int chunks,
    boolean textNumbers,
    boolean reconstruction,
    Map<String, ColumnSettings> columns) {

  /** Share of the variance that the principal components of a reconstruction explain, at least. */
  static final double EXPLAINED = 0.65;

  private static final BaselineSettings DEFAULT =
      new BaselineSettings(10, 50, 5, 30, false, false, Map.of());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public BaselineSettings {
    columns = Map.copyOf(columns);
    check("bins", bins, 2, 16);
    check("top", top, 1, 500);
    check("minRows", minRows, 1, Long.MAX_VALUE);
    check("chunks", chunks, 0, 1000);
  }

  /** Returns 10 bins, 50 categories of at least 5 rows, 30 chunks, everything else found out. */
  public static BaselineSettings withDefaults() {
    return DEFAULT;
  }

  /** Returns these settings with another number of bins. */
  public BaselineSettings withBins(int number) {
    return new BaselineSettings(number, top, minRows, chunks, textNumbers, reconstruction, columns);
  }

  /** Returns these settings with these bounds on own categories. */
  public BaselineSettings withCategories(int atMost, long rowsAtLeast) {
    return new BaselineSettings(
        bins, atMost, rowsAtLeast, chunks, textNumbers, reconstruction, columns);
  }

  /** Returns these settings with another number of chunks. */
  public BaselineSettings withChunks(int number) {
    return new BaselineSettings(bins, top, minRows, number, textNumbers, reconstruction, columns);
  }

  /** Returns these settings for a source in which numbers may be written as texts. */
  public BaselineSettings withTextNumbers() {
    return new BaselineSettings(bins, top, minRows, chunks, true, reconstruction, columns);
  }

  /** Returns these settings with a reconstruction error a row, or without. */
  public BaselineSettings withReconstruction(boolean wanted) {
    return new BaselineSettings(bins, top, minRows, chunks, textNumbers, wanted, columns);
  }

  /** Returns these settings with something said about one column. */
  public BaselineSettings withColumn(String name, ColumnSettings settings) {
    Map<String, ColumnSettings> more = new HashMap<>(columns);
    more.put(name, settings);
    return new BaselineSettings(bins, top, minRows, chunks, textNumbers, reconstruction, more);
  }

  /** Returns what was said about a column, or the defaults. */
  public ColumnSettings column(String name) {
    return columns.getOrDefault(name, ColumnSettings.withDefaults());
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " " + value + " is not in [" + least + ", " + most + "]");
    }
  }
}
