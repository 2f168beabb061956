package io.modeldrift.statistics;

import java.util.List;
import java.util.Optional;

/**
 * The drift of many columns as a few numbers, over those that are not insufficient.
 *
 * @param columns how many columns there are with a verdict, at least 1
 * @param driftedShare share of them in state drifted, 0 to 1
 * @param warningOrDriftedShare share of them in state warning or drifted, 0 to 1
 * @param weightedMeanDrift mean of the bias-corrected PSI weighted by importance; absent if all
 *     weights are 0. Raw scores would make a model with many columns and few rows look drifted
 * @param worst index, in the list given, of the column with the largest drift score
 */
public record RollUp(
    int columns,
    double driftedShare,
    double warningOrDriftedShare,
    Result weightedMeanDrift,
    int worst) {

  /**
   * One column's part.
   *
   * @param state its state; "insufficient" leaves it out
   * @param correctedPsi PSI less the noise floor, not below 0
   * @param importance weight, at least 0
   * @param driftScore score of the verdict measure
   */
  public record Part(DriftState state, double correctedPsi, double importance, double driftScore) {

    public Part {
      Arguments.requireNonNegative(importance, "importance");
    }
  }

  /** Returns the roll-up, or nothing if every column is insufficient. */
  public static Optional<RollUp> of(List<Part> parts) {
    int columns = 0;
    int drifted = 0;
    int warned = 0;
    double weights = 0;
    double weighted = 0;
    int worst = -1;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.state() == DriftState.INSUFFICIENT) {
        continue;
      }
      columns++;
      drifted += part.state() == DriftState.DRIFTED ? 1 : 0;
      warned += part.state().isAtLeast(DriftState.WARNING) ? 1 : 0;
      weights += part.importance();
      weighted += part.importance() * part.correctedPsi();
      if (worst < 0 || part.driftScore() > parts.get(worst).driftScore()) {
        worst = i;
      }
    }
    if (columns == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new RollUp(
            columns,
            (double) drifted / columns,
            (double) warned / columns,
            Result.ofFinite(weighted / weights),
            worst));
  }
}
