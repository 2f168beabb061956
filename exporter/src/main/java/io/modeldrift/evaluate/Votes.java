package io.modeldrift.evaluate;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.statistics.Ballot;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.VotingRule;

/**
 * The ballot of one column in one window, with one vote a pane: evaluations come more often than
 * panes, and a second one within the same pane sees almost the same rows. It replaces the vote.
 *
 * <p>Not thread-safe.
 */
final class Votes {

  private final VotingRule rule;
  private Ballot beforePane;
  private Ballot latest;
  private long pane = Long.MIN_VALUE;

  Votes(VotingRule rule) {
    this.rule = rule;
    this.beforePane = Ballot.empty(rule);
    this.latest = beforePane;
  }

  /** Votes of one column in one window, to be kept over a restart. */
  record Saved(Ballot.Memory beforePane, Ballot.Memory latest, long pane) {

    static Saved restore(StateInput in) throws SnapshotException {
      return new Saved(memory(in), memory(in), in.number());
    }

    void save(StateOutput out) {
      save(beforePane, out);
      save(latest, out);
      out.number(pane);
    }

    private static void save(Ballot.Memory memory, StateOutput out) {
      out.number(memory.warningVotes());
      out.number(memory.driftedVotes());
      out.flag(memory.warning());
      out.flag(memory.drifted());
      out.number(memory.insufficientInRow());
    }

    private static Ballot.Memory memory(StateInput in) throws SnapshotException {
      return new Ballot.Memory(
          in.number(), in.number(), in.flag(), in.flag(), (int) in.number(0, Integer.MAX_VALUE));
    }
  }

  /** Goes on with the votes of before. */
  void restore(Saved saved) {
    beforePane = Ballot.of(rule, saved.beforePane());
    latest = Ballot.of(rule, saved.latest());
    pane = saved.pane();
  }

  Saved saved() {
    return new Saved(beforePane.memory(), latest.memory(), pane);
  }

  DriftState vote(DriftState level, long newestPane) {
    if (newestPane != pane) {
      pane = newestPane;
      beforePane = latest;
    }
    latest = beforePane.with(level);
    return latest.state();
  }
}
