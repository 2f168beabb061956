package io.modeldrift.expose;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldrift.evaluate.ColumnReport;
import io.modeldrift.evaluate.ColumnVerdict;
import io.modeldrift.evaluate.MeasureScore;
import io.modeldrift.statistics.Contribution;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One column in one window of the status document. While the state is {@code insufficient} there
 * are a reason and row counts, and no scores.
 *
 * @param level what the last evaluation alone says, before several have to agree
 * @param rows values in the window, missing ones included
 * @param requiredRows values that a verdict needs; absent if no number would do
 * @param verdict the score that decided
 * @param scores all scores
 * @param moved bins that moved most, once the column drifted
 * @param violations rules that are surely broken more often than in the baseline
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ColumnStatus(
    String feature,
    String role,
    String state,
    Optional<String> level,
    Optional<String> reason,
    long rows,
    OptionalLong requiredRows,
    Optional<Score> verdict,
    List<Score> scores,
    List<Moved> moved,
    List<String> violations) {

  /** A drift score with the thresholds that make it readable. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Score(
      String measure,
      double score,
      OptionalDouble warningThreshold,
      OptionalDouble driftedThreshold) {

    static Score of(MeasureScore score) {
      return new Score(
          score.measure().label(),
          score.driftScore(),
          score.warningThreshold(),
          score.driftedThreshold());
    }
  }

  /** A bin and its part of the PSI, negative where the share fell. */
  record Moved(String bin, double contribution) {}

  static ColumnStatus of(ColumnReport report) {
    Optional<ColumnVerdict.Scored> scored =
        Optional.of(report.verdict())
            .filter(ColumnVerdict.Scored.class::isInstance)
            .map(ColumnVerdict.Scored.class::cast);
    Optional<ColumnVerdict.Insufficient> insufficient =
        Optional.of(report.verdict())
            .filter(ColumnVerdict.Insufficient.class::isInstance)
            .map(ColumnVerdict.Insufficient.class::cast);
    return new ColumnStatus(
        report.name(),
        report.role().label(),
        report.verdict().state().label(),
        scored.map(verdict -> verdict.level().label()),
        insufficient.map(verdict -> verdict.reason().label()),
        report.rows(),
        report.verdict().requiredRows(),
        scored.map(verdict -> Score.of(verdict.verdict())),
        scored.map(v -> v.scores().stream().map(Score::of).toList()).orElse(List.of()),
        scored.map(v -> moved(report, v.contributions())).orElse(List.of()),
        violations(report));
  }

  private static List<Moved> moved(ColumnReport report, List<Contribution> contributions) {
    return contributions.stream()
        .map(
            part -> new Moved(report.reference().column().layout().name(part.bin()), part.signed()))
        .toList();
  }

  private static List<String> violations(ColumnReport report) {
    return report.quality().shares().entrySet().stream()
        .filter(check -> check.getValue().violated())
        .map(check -> check.getKey().label())
        .toList();
  }
}
