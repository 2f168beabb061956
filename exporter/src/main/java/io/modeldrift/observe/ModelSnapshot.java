package io.modeldrift.observe;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.inference.ModelKey;
import java.time.Instant;
import java.util.List;

/** The state of one model version at one moment: still learning, or comparable with a baseline. */
public sealed interface ModelSnapshot {

  ModelFacts facts();

  default ModelKey model() {
    return facts().model();
  }

  /**
   * Types and baseline are being learned from the first rows.
   *
   * @param learned rows learned so far
   * @param target rows from which the baseline is made
   */
  record Learning(ModelFacts facts, long learned, long target) implements ModelSnapshot {}

  /**
   * A baseline is in force.
   *
   * @param baseline what the windows are compared with
   * @param loaded when the baseline came into force; all counts start at zero there
   * @param columns counts since then per column, in the order of the baseline's columns
   * @param violations per column, in the same order
   * @param windows one snapshot a window, all of the same moment; empty if they were not asked for
   */
  record Ready(
      ModelFacts facts,
      Baseline baseline,
      Instant loaded,
      List<BinnedCounts> columns,
      List<ViolationCounts> violations,
      List<WindowSnapshot> windows)
      implements ModelSnapshot {

    /** Copies the lists. */
    public Ready {
      columns = List.copyOf(columns);
      violations = List.copyOf(violations);
      windows = List.copyOf(windows);
    }
  }
}
