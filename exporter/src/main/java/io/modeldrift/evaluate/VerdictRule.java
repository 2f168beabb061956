package io.modeldrift.evaluate;

import io.modeldrift.statistics.Correction;
import io.modeldrift.statistics.VotingRule;

/**
 * When a column counts as drifted.
 *
 * @param tolerances tolerated PSI per severity
 * @param confidence probability, in [0.9, 0.9999], with which a flagged column's true PSI is above
 *     the tolerance
 * @param correction how the columns of a family share the probability of a false alarm
 * @param votes how much repeated evidence changes a state
 * @param minimumRows fewest rows of a window for a verdict, at least 30
 */
public record VerdictRule(
    Tolerances tolerances,
    double confidence,
    Correction correction,
    VotingRule votes,
    long minimumRows) {

  private static final VerdictRule DEFAULT =
      new VerdictRule(
          Tolerances.withDefaults(),
          0.99,
          Correction.BENJAMINI_HOCHBERG,
          VotingRule.withDefaults(),
          100);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, or the confidence is NaN
   */
  public VerdictRule {
    if (!(confidence >= 0.9 && confidence <= 0.9999)) {
      throw new IllegalArgumentException("confidence " + confidence + " is not in [0.9, 0.9999]");
    }
    if (minimumRows < 30) {
      throw new IllegalArgumentException("minimum rows " + minimumRows + " are fewer than 30");
    }
  }

  /** Returns the default tolerances at 99 %, over windows of at least 100 rows. */
  public static VerdictRule withDefaults() {
    return DEFAULT;
  }

  /** Returns a copy with another rule on repeated evidence. */
  public VerdictRule withVotes(VotingRule other) {
    return new VerdictRule(tolerances, confidence, correction, other, minimumRows);
  }

  /** Returns the probability of a false alarm, {@code 1 − confidence}. */
  double alpha() {
    return 1 - confidence;
  }
}
