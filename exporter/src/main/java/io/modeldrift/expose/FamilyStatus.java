package io.modeldrift.expose;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldrift.evaluate.FamilyReport;
import io.modeldrift.statistics.RollUp;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The columns of one role together, in one window of the status document.
 *
 * @param role {@code input}, {@code output} or {@code derived}
 * @param driftedShare share of the columns with a verdict that are drifted; absent if there are
 *     none, as are those that follow
 * @param warnedShare share of them in state warning or drifted
 * @param score mean of their PSI less its noise floor, weighted by importance
 * @param worst the column with the largest drift score
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record FamilyStatus(
    String role,
    String state,
    OptionalDouble driftedShare,
    OptionalDouble warnedShare,
    OptionalDouble score,
    Optional<String> worst) {

  static FamilyStatus of(FamilyReport report) {
    Optional<RollUp> rollUp = report.rollUp();
    return new FamilyStatus(
        report.role().label(),
        report.state().label(),
        number(rollUp.map(RollUp::driftedShare)),
        number(rollUp.map(RollUp::warningOrDriftedShare)),
        rollUp
            .map(numbers -> numbers.weightedMeanDrift().asOptional())
            .orElse(OptionalDouble.empty()),
        report.worstColumn());
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
