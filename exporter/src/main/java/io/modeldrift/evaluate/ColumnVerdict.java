package io.modeldrift.evaluate;

import io.modeldrift.statistics.Contribution;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.Measure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What one evaluation found out about one column in one window. */
public sealed interface ColumnVerdict {

  /** Returns the state after the votes of this and earlier evaluations. */
  DriftState state();

  /** Returns the rows that a verdict needs; absent if no number of rows would do. */
  OptionalLong requiredRows();

  /**
   * There were enough rows to say how far the column has drifted.
   *
   * @param level what this evaluation alone says: stable, warning or drifted
   * @param state what the last evaluations together say
   * @param verdict score of the measure that decided
   * @param scores scores of all configured measures that are defined, in their order
   * @param noiseFloor mean PSI of rows without drift, at least 0
   * @param correctedPsi PSI less the noise floor, not below 0
   * @param contributions bins that moved most, largest first; empty unless the state is drifted
   */
  record Scored(
      DriftState level,
      DriftState state,
      MeasureScore verdict,
      List<MeasureScore> scores,
      double noiseFloor,
      double correctedPsi,
      OptionalLong requiredRows,
      List<Contribution> contributions)
      implements ColumnVerdict {

    /** Copies the lists. */
    public Scored {
      scores = List.copyOf(scores);
      contributions = List.copyOf(contributions);
    }

    /** Returns the score of a measure, if it is among the published ones. */
    public Optional<MeasureScore> score(Measure measure) {
      return scores.stream().filter(score -> score.measure() == measure).findFirst();
    }
  }

  /**
   * Too little is known for a verdict; nothing may be published but the rows and the reason.
   *
   * @param reason why
   */
  record Insufficient(Reason reason, OptionalLong requiredRows) implements ColumnVerdict {

    @Override
    public DriftState state() {
      return DriftState.INSUFFICIENT;
    }
  }

  /** Why there is no verdict. */
  enum Reason {
    /** The baseline has no rows of this column. */
    NO_BASELINE,
    /** Baseline and window were counted over different bins. */
    LAYOUT_MISMATCH,
    /** The window is empty. */
    NO_ROWS,
    /** The baseline is so small that no window is large enough. */
    BASELINE_TOO_SMALL,
    /** The window has fewer rows than a verdict needs. */
    TOO_FEW_ROWS,
    /** The measure that decides has no value here. */
    NOT_DEFINED;

    /** Returns the value of the {@code reason} label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
