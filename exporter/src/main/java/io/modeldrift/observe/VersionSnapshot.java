package io.modeldrift.observe;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import java.util.List;
import java.util.Map;

/**
 * Two compared versions at one moment.
 *
 * @param pair which versions
 * @param columns outputs in the champion's baseline; none while it learns
 * @param windows the challenger's outputs over the bins of these columns
 * @param agreement by the name of the output
 * @param waiting outputs that wait for that of the other version
 * @param unpaired outputs that have waited in vain
 */
public record VersionSnapshot(
    VersionPair pair,
    List<BaselineColumn> columns,
    List<InWindow> windows,
    Map<String, AgreementCounts> agreement,
    int waiting,
    long unpaired) {

  /** Copies lists and map. */
  public VersionSnapshot {
    columns = List.copyOf(columns);
    windows = List.copyOf(windows);
    agreement = Map.copyOf(agreement);
  }

  /**
   * What one window holds.
   *
   * @param pane number of its newest pane since the epoch
   * @param counts in the order of the columns
   */
  public record InWindow(Window window, long pane, List<BinnedCounts> counts) {

    /** Copies the list. */
    public InWindow {
      counts = List.copyOf(counts);
    }
  }
}
