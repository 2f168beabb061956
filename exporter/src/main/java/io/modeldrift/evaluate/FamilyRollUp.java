package io.modeldrift.evaluate;

import io.modeldrift.inference.Role;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.RollUp;
import java.util.List;
import java.util.Optional;

/** Rolls the columns of one role up into a few numbers and a state. */
final class FamilyRollUp {

  private FamilyRollUp() {}

  static FamilyReport of(Role role, List<ColumnReport> columns, double driftedShare) {
    Optional<RollUp> rollUp = RollUp.of(columns.stream().map(FamilyRollUp::part).toList());
    return new FamilyReport(
        role,
        rollUp
            .map(numbers -> state(numbers, alarmShare(role, driftedShare)))
            .orElse(DriftState.INSUFFICIENT),
        rollUp,
        rollUp.map(numbers -> columns.get(numbers.worst()).name()));
  }

  /** A single drifted output is the best sign that quality will suffer (Rabanser et al. 2019). */
  private static double alarmShare(Role role, double driftedShare) {
    return role == Role.OUTPUT ? Double.MIN_VALUE : driftedShare;
  }

  private static DriftState state(RollUp rollUp, double alarmShare) {
    if (rollUp.driftedShare() >= alarmShare) {
      return DriftState.DRIFTED;
    }
    return rollUp.warningOrDriftedShare() >= alarmShare ? DriftState.WARNING : DriftState.STABLE;
  }

  private static RollUp.Part part(ColumnReport column) {
    double importance = column.reference().importance();
    if (column.verdict() instanceof ColumnVerdict.Scored scored) {
      return new RollUp.Part(
          scored.state(), scored.correctedPsi(), importance, scored.verdict().driftScore());
    }
    return new RollUp.Part(DriftState.INSUFFICIENT, 0, importance, 0);
  }
}
