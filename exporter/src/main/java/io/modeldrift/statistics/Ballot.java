package io.modeldrift.statistics;

/**
 * The last votes on a column and what follows from them: a state that changes only on repeated
 * evidence.
 *
 * <p>Immutable: {@link #with} returns the ballot after one more vote, so a second evaluation of the
 * same slice replaces its vote by voting on the ballot from before it.
 */
public final class Ballot {

  private final VotingRule rule;

  /** Votes at each severity or above as bits, the newest in the lowest. */
  private final long warningVotes;

  private final long driftedVotes;
  private final boolean warning;
  private final boolean drifted;
  private final int insufficientInRow;

  private Ballot(
      VotingRule rule,
      long warningVotes,
      long driftedVotes,
      boolean warning,
      boolean drifted,
      int insufficientInRow) {
    this.rule = rule;
    this.warningVotes = warningVotes;
    this.driftedVotes = driftedVotes;
    this.warning = warning;
    this.drifted = drifted;
    this.insufficientInRow = insufficientInRow;
  }

  /** Returns a ballot without votes. */
  public static Ballot empty(VotingRule rule) {
    return new Ballot(rule, 0, 0, false, false, 0);
  }

  /**
   * Returns the ballot after a vote. "Insufficient" is no vote, but as many of them in a row as
   * votes are remembered make everything forgotten: the evidence is too old.
   */
  public Ballot with(DriftState level) {
    return level == DriftState.INSUFFICIENT ? withoutVote() : withVote(level);
  }

  /** Returns the state after the last evaluation; "insufficient" if there was none. */
  public DriftState state() {
    if (insufficientInRow > 0) {
      return DriftState.INSUFFICIENT;
    }
    return settledState();
  }

  /**
   * Everything that a ballot remembers, to be kept over a restart.
   *
   * @param warningVotes bits of the last votes, the newest in the lowest
   * @param driftedVotes the same for the higher severity
   */
  public record Memory(
      long warningVotes,
      long driftedVotes,
      boolean warning,
      boolean drifted,
      int insufficientInRow) {}

  /** Returns what the ballot remembers. */
  public Memory memory() {
    return new Memory(warningVotes, driftedVotes, warning, drifted, insufficientInRow);
  }

  /** Returns a ballot that remembers this; votes beyond those that count are forgotten. */
  public static Ballot of(VotingRule rule, Memory memory) {
    long mask = -1L >>> (Long.SIZE - rule.of());
    return new Ballot(
        rule,
        memory.warningVotes() & mask,
        memory.driftedVotes() & mask,
        memory.warning(),
        memory.drifted(),
        Math.max(0, memory.insufficientInRow()));
  }

  private DriftState settledState() {
    if (drifted) {
      return DriftState.DRIFTED;
    }
    return warning ? DriftState.WARNING : DriftState.STABLE;
  }

  private Ballot withoutVote() {
    int inRow = insufficientInRow + 1;
    return inRow >= rule.of()
        ? new Ballot(rule, 0, 0, false, false, inRow)
        : new Ballot(rule, warningVotes, driftedVotes, warning, drifted, inRow);
  }

  private Ballot withVote(DriftState level) {
    long warnings = push(warningVotes, level.isAtLeast(DriftState.WARNING));
    long drifts = push(driftedVotes, level.isAtLeast(DriftState.DRIFTED));
    return new Ballot(rule, warnings, drifts, latch(warning, warnings), latch(drifted, drifts), 0);
  }

  private long push(long votes, boolean vote) {
    long mask = -1L >>> (Long.SIZE - rule.of());
    return ((votes << 1) | (vote ? 1 : 0)) & mask;
  }

  private boolean latch(boolean latched, long votes) {
    int count = Long.bitCount(votes);
    return count >= rule.raise() || (latched && count > rule.clear());
  }
}
