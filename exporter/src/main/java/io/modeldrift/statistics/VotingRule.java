package io.modeldrift.statistics;

/**
 * How much repeated evidence changes a state: one vote a slice, the last {@code of} votes count.
 *
 * @param raise votes at a severity or above that raise it
 * @param of how many votes are remembered, at most 64
 * @param clear votes at a severity or above, or fewer, that clear it
 */
public record VotingRule(int raise, int of, int clear) {

  private static final int MOST_VOTES = Long.SIZE;
  private static final VotingRule DEFAULT = new VotingRule(3, 5, 1);

  /** Checks {@code 0 <= clear < raise <= of <= 64}. */
  public VotingRule {
    if (!(0 <= clear && clear < raise && raise <= of && of <= MOST_VOTES)) {
      throw new IllegalArgumentException(
          "votes must satisfy 0 <= clear < raise <= of <= 64, were clear "
              + clear
              + ", raise "
              + raise
              + ", of "
              + of);
    }
  }

  /** Returns three of five to raise, one of five to clear. */
  public static VotingRule withDefaults() {
    return DEFAULT;
  }
}
