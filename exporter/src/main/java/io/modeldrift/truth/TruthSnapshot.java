package io.modeldrift.truth;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The predictions and outcomes of one model version at one moment. Its tallies are copies.
 *
 * @param joins the books on predictions and outcomes
 * @param delays from prediction to outcome
 * @param unscored outcomes that did not count for performance, by reason, zeros included
 * @param scored what was counted of those that did; empty as long as it cannot be told what the
 *     model predicts
 */
public record TruthSnapshot(
    ModelKey model,
    JoinCounts joins,
    DelayCounts delays,
    Map<Unscored, Long> unscored,
    Optional<Scored> scored) {

  /** Name of the segment that all rows belong to. */
  public static final String ALL = "all";

  /** Copies the map. */
  public TruthSnapshot {
    unscored = Map.copyOf(unscored);
  }

  /**
   * Counts of scored predictions.
   *
   * @param scorer how they are read
   * @param segments totals by segment, {@value #ALL} first
   * @param groups totals by attribute and group
   * @param references reference group by attribute, where one is configured
   * @param windows the same per window; empty if they were not asked for
   */
  public record Scored(
      Scorer scorer,
      Map<String, Tally> segments,
      Map<String, Map<String, GroupTally>> groups,
      Map<String, String> references,
      List<InWindow> windows) {}

  /** What one window holds. */
  public record InWindow(
      Window window, Map<String, Tally> segments, Map<String, Map<String, GroupTally>> groups) {}
}
