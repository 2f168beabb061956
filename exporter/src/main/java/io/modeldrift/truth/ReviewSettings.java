package io.modeldrift.truth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queue of rows that people are asked to look at.
 *
 * @param directory where they are kept over a restart; null for memory only
 * @param maxEntries rows that wait, and as many decided ones that are kept for export
 * @param maxAge how long a row waits for somebody
 */
public record ReviewSettings(@Nullable Path directory, int maxEntries, Duration maxAge) {

  private static final ReviewSettings DEFAULTS =
      new ReviewSettings(null, 1_000, Duration.ofDays(7));

  /**
   * Which rows of a model are put into the queue, and what of them.
   *
   * @param random share of all rows, drawn by chance
   * @param uncertain how near to the decision threshold a score is uncertain; of several classes,
   *     how little above a half the probability of the predicted one may be; 0 for never
   * @param outliers whether rows that the baseline calls outliers are taken
   * @param columns inputs that a reviewer sees beside the prediction
   */
  public record Sampling(double random, double uncertain, boolean outliers, List<String> columns) {

    /** Most columns that are kept of a row. */
    public static final int MOST_COLUMNS = 50;

    private static final Sampling NOTHING = new Sampling(0, 0, false, List.of());

    /**
     * Copies the list and checks the ranges.
     *
     * @throws IllegalArgumentException if a share is not in [0, 1], or there are too many columns
     */
    public Sampling {
      columns = List.copyOf(columns);
      if (!(random >= 0 && random <= 1) || !(uncertain >= 0 && uncertain <= 1)) {
        throw new IllegalArgumentException("random and uncertain must lie in [0, 1]");
      }
      if (columns.size() > MOST_COLUMNS) {
        throw new IllegalArgumentException("at most " + MOST_COLUMNS + " columns can be reviewed");
      }
    }

    /** Returns that no row is kept: the default. */
    public static Sampling nothing() {
      return NOTHING;
    }

    /** Returns whether any row may be kept. */
    public boolean isOn() {
      return random > 0 || uncertain > 0 || outliers;
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a bound is not positive
   */
  public ReviewSettings {
    if (maxEntries < 1 || maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException(
          maxEntries + " entries and an age of " + maxAge + ": both must be positive");
    }
  }

  /** Returns 1,000 rows in memory, for a week. */
  public static ReviewSettings defaults() {
    return DEFAULTS;
  }
}
