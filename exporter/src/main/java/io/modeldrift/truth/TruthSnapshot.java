package io.modeldrift.truth;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.PairedOutcomes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The predictions and outcomes of one model version at one moment. Its tallies are copies.
 *
 * @param joins the books on predictions and outcomes
 * @param delays from prediction to outcome
 * @param unscored outcomes that did not count for performance, by reason, zeros included
 * @param detectors what watches the errors; empty until they can be told
 * @param paired by another version, requests with a known outcome that both have answered; this one
 *     answered first
 * @param scored what was counted of those that did; empty as long as it cannot be told what the
 *     model predicts
 */
public record TruthSnapshot(
    ModelKey model,
    JoinCounts joins,
    DelayCounts delays,
    Map<Unscored, Long> unscored,
    List<DetectorReading> detectors,
    Map<ModelKey, PairedOutcomes> paired,
    Optional<Scored> scored) {

  /** Name of the segment that all rows belong to. */
  public static final String ALL = "all";

  /** Copies the map. */
  public TruthSnapshot {
    unscored = Map.copyOf(unscored);
    detectors = List.copyOf(detectors);
    paired = Map.copyOf(paired);
  }

  /**
   * Counts of scored predictions.
   *
   * @param scorer how they are read
   * @param segments totals by segment, {@value #ALL} first
   * @param groups totals by attribute and group
   * @param expected all predictions with what their scores let expect, in total; empty where that
   *     cannot be told
   * @param columns whose values are segments
   * @param favourable numbers of the classes that are good for the person concerned: of two the
   *     positive one, of more those configured; empty if fairness cannot be told
   * @param references reference group by attribute, where one is configured
   * @param baseline what the baseline counted of its own rows, by segment; empty if it knows none
   * @param notEstimated why performance cannot be estimated from scores, whatever a window holds;
   *     empty if it can, or if the model gives no scores
   * @param windows the same per window; empty if they were not asked for
   */
  public record Scored(
      Scorer scorer,
      Map<String, Tally> segments,
      Map<String, Map<String, GroupTally>> groups,
      Optional<ExpectedTally> expected,
      List<String> columns,
      Set<Integer> favourable,
      Map<String, String> references,
      Map<String, Tally> baseline,
      String notEstimated,
      List<InWindow> windows) {}

  /**
   * What one window holds.
   *
   * @param expected all predictions with what their scores let expect; empty where that cannot be
   *     told
   */
  public record InWindow(
      Window window,
      Map<String, Tally> segments,
      Map<String, Map<String, GroupTally>> groups,
      Optional<ExpectedTally> expected) {}
}
