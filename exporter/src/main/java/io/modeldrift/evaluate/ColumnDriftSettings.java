package io.modeldrift.evaluate;

import io.modeldrift.statistics.Measure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What differs for one column from the settings of its model.
 *
 * @param tolerances other tolerated PSI
 * @param measures other drift scores to publish
 * @param importance other weight in the model's score than the baseline says, at least 0
 */
public record ColumnDriftSettings(
    Optional<Tolerances> tolerances, Optional<List<Measure>> measures, OptionalDouble importance) {

  private static final ColumnDriftSettings NONE =
      new ColumnDriftSettings(Optional.empty(), Optional.empty(), OptionalDouble.empty());

  /** Copies the list and checks the weight; NaN is refused too. */
  public ColumnDriftSettings {
    measures = measures.map(List::copyOf);
    if (importance.isPresent()
        && !(importance.getAsDouble() >= 0 && Double.isFinite(importance.getAsDouble()))) {
      throw new IllegalArgumentException(
          "importance " + importance.getAsDouble() + " is not a number of at least 0");
    }
  }

  /** Returns no difference. */
  public static ColumnDriftSettings none() {
    return NONE;
  }
}
