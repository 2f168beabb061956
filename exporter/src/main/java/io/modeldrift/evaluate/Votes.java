package io.modeldrift.evaluate;

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

  private Ballot beforePane;
  private Ballot latest;
  private long pane = Long.MIN_VALUE;

  Votes(VotingRule rule) {
    this.beforePane = Ballot.empty(rule);
    this.latest = beforePane;
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
