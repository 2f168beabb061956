package io.modeldrift.evaluate;

import io.modeldrift.evaluate.ColumnAssessment.NotScorable;
import io.modeldrift.evaluate.ColumnAssessment.Scorable;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.WindowSnapshot;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.ThresholdQuantiles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Judges one window of one model again and again, and keeps its votes in between.
 *
 * <p>Not thread-safe.
 */
final class WindowEvaluation {

  private static final Role[] ROLES = Role.values();

  private final DriftSettings settings;
  private final List<ColumnReference> references;
  private final List<Votes> votes;
  private final ThresholdQuantiles quantiles;

  WindowEvaluation(
      DriftSettings settings, List<ColumnReference> references, ThresholdQuantiles quantiles) {
    this.settings = settings;
    this.references = references;
    this.votes = references.stream().map(reference -> new Votes(settings.votes())).toList();
    this.quantiles = quantiles;
  }

  WindowReport evaluate(WindowSnapshot snapshot) {
    List<ColumnAssessment> assessments = new ArrayList<>(references.size());
    for (int i = 0; i < references.size(); i++) {
      assessments.add(ColumnAssessment.of(references.get(i), snapshot.columns().get(i), settings));
    }
    Map<Role, FamilyLevels> levels = levels(assessments);
    List<ColumnReport> columns = new ArrayList<>(references.size());
    for (int i = 0; i < references.size(); i++) {
      columns.add(report(i, assessments.get(i), levels, snapshot));
    }
    List<FamilyReport> families = families(columns);
    return new WindowReport(
        snapshot.window(), snapshot.covered(), snapshot.rows(), worst(families), columns, families);
  }

  private Map<Role, FamilyLevels> levels(List<ColumnAssessment> assessments) {
    Map<Role, FamilyLevels> levels = new EnumMap<>(Role.class);
    for (Role role : ROLES) {
      List<ColumnScores> family = new ArrayList<>();
      for (int i = 0; i < assessments.size(); i++) {
        if (references.get(i).column().role() == role
            && assessments.get(i) instanceof Scorable scorable) {
          family.add(scorable.scores());
        }
      }
      levels.put(role, FamilyLevels.of(family, settings));
    }
    return levels;
  }

  private ColumnReport report(
      int index,
      ColumnAssessment assessment,
      Map<Role, FamilyLevels> levels,
      WindowSnapshot snapshot) {
    ColumnReference reference = references.get(index);
    return new ColumnReport(
        reference,
        snapshot.columns().get(index),
        verdict(
            index,
            assessment,
            Objects.requireNonNull(levels.get(reference.column().role())),
            snapshot.pane()),
        QualityCheck.of(
            reference.column(),
            snapshot.columns().get(index),
            snapshot.violations().get(index),
            settings.qualityTolerance()));
  }

  private ColumnVerdict verdict(
      int index, ColumnAssessment assessment, FamilyLevels levels, long pane) {
    if (assessment instanceof NotScorable insufficient) {
      votes.get(index).vote(DriftState.INSUFFICIENT, pane);
      return insufficient.verdict();
    }
    ColumnScores scores = ((Scorable) assessment).scores();
    DriftState state = votes.get(index).vote(scores.level(levels), pane);
    return scores.verdict(state, levels, quantiles, settings.contributions());
  }

  private List<FamilyReport> families(List<ColumnReport> columns) {
    List<FamilyReport> families = new ArrayList<>();
    for (Role role : ROLES) {
      List<ColumnReport> family = new ArrayList<>();
      for (ColumnReport column : columns) {
        if (column.role() == role) {
          family.add(column);
        }
      }
      if (!family.isEmpty()) {
        families.add(FamilyRollUp.of(role, family, settings.driftedShare()));
      }
    }
    return families;
  }

  private static DriftState worst(List<FamilyReport> families) {
    DriftState worst = DriftState.INSUFFICIENT;
    for (FamilyReport family : families) {
      worst = family.state().isAtLeast(worst) ? family.state() : worst;
    }
    return worst;
  }
}
