package io.modeldrift.evaluate;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.evaluate.ColumnAssessment.NotScorable;
import io.modeldrift.evaluate.ColumnAssessment.Scorable;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.Window;
import io.modeldrift.observe.WindowSnapshot;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.ThresholdQuantiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  private final List<PastEvaluation> past;

  WindowEvaluation(
      Window window,
      DriftSettings settings,
      List<ColumnReference> references,
      ThresholdQuantiles quantiles) {
    this.settings = settings;
    this.references = references;
    this.votes = references.stream().map(reference -> new Votes(settings.rule().votes())).toList();
    this.quantiles = quantiles;
    this.past = PastEvaluation.of(window, settings, references, quantiles);
  }

  /** Goes on with votes and earlier traffic that were remembered. */
  void restore(SavedEvaluation.OfWindow saved) {
    for (PastEvaluation evaluation : past) {
      saved.past().forEach(evaluation::restore);
    }
    for (int i = 0; i < votes.size(); i++) {
      Votes.Saved ofColumn = saved.votes().get(identity(references.get(i)));
      if (ofColumn != null) {
        votes.get(i).restore(ofColumn);
      }
    }
  }

  /** Returns what is to be remembered. */
  SavedEvaluation.OfWindow saved() {
    Map<String, Votes.Saved> saved = new HashMap<>();
    for (int i = 0; i < votes.size(); i++) {
      saved.put(identity(references.get(i)), votes.get(i).saved());
    }
    return new SavedEvaluation.OfWindow(saved, past.stream().map(PastEvaluation::saved).toList());
  }

  private static String identity(ColumnReference reference) {
    return reference.column().role().label() + ' ' + reference.column().name();
  }

  WindowReport evaluate(WindowSnapshot snapshot) {
    Judgement judgement = new Judgement(references, snapshot.columns(), settings);
    List<ColumnReport> columns = new ArrayList<>(references.size());
    for (int i = 0; i < references.size(); i++) {
      columns.add(report(i, judgement, snapshot));
    }
    List<FamilyReport> families = families(columns);
    return new WindowReport(
        snapshot.window(),
        snapshot.covered(),
        snapshot.rows(),
        worst(families),
        columns,
        families,
        past.stream().flatMap(earlier -> earlier.evaluate(snapshot).stream()).toList());
  }

  private ColumnReport report(int index, Judgement judgement, WindowSnapshot snapshot) {
    ColumnReference reference = references.get(index);
    BinnedCounts current = snapshot.columns().get(index);
    return new ColumnReport(
        reference,
        current,
        verdict(index, judgement, snapshot.pane()),
        QualityCheck.of(
            reference.column(),
            current,
            snapshot.violations().get(index),
            settings.qualityTolerance()));
  }

  private ColumnVerdict verdict(int index, Judgement judgement, long pane) {
    if (judgement.assessment(index) instanceof NotScorable insufficient) {
      votes.get(index).vote(DriftState.INSUFFICIENT, pane);
      return insufficient.verdict();
    }
    ColumnScores scores = ((Scorable) judgement.assessment(index)).scores();
    FamilyLevels levels = judgement.levels(index);
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
