package io.modeldrift.observe;

import io.modeldrift.distribution.BinnedCounts;
import java.time.Duration;
import java.util.List;

/**
 * What one window of one model version held at one moment.
 *
 * @param window which window
 * @param covered how much of its span lies after the start of counting, at most the span
 * @param pane number of the newest pane since the epoch; an evaluation votes once a pane
 * @param rows inferences in the window
 * @param columns counts per column, in the order of the baseline's columns
 * @param violations per column, in the same order: observations per {@link ViolationReason}
 */
public record WindowSnapshot(
    Window window,
    Duration covered,
    long pane,
    long rows,
    List<BinnedCounts> columns,
    List<ViolationCounts> violations) {

  /** Copies the lists. */
  public WindowSnapshot {
    columns = List.copyOf(columns);
    violations = List.copyOf(violations);
  }
}
