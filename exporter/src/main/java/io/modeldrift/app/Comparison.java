package io.modeldrift.app;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.RowReader;
import io.modeldrift.baseline.RowSource;
import io.modeldrift.baseline.ScanProgress;
import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.DriftSettings;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.evaluate.Evaluator;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.evaluate.WindowReport;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.ObserveSettings;
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.DriftState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares rows with a baseline through the very parts that compare live traffic: observer, windows
 * and evaluator. Time stands still, so that one window holds all rows.
 */
final class Comparison {

  private static final Window ALL = new Window("all", Duration.ofDays(1), 2);
  private static final String PROTOCOL = "file";

  private final Baseline baseline;
  private final DriftReport report;
  private final List<String> messages;

  private Comparison(Baseline baseline, DriftReport report, List<String> messages) {
    this.baseline = baseline;
    this.report = report;
    this.messages = messages;
  }

  /** Reads all rows and judges them once. */
  static Comparison of(
      Baseline baseline, RowSource current, DriftSettings drift, ScanProgress progress)
      throws IOException {
    ObserveSettings.Model model =
        new ObserveSettings.Model(baseline, BaselineSettings.withDefaults(), Map.of());
    Observatory observatory =
        new Observatory(
            new ObserveSettings(List.of(ALL), 1, 1, key -> model),
            InstantSource.fixed(Instant.EPOCH));
    List<String> messages = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    try (RowReader reader = current.open()) {
      long rows = 0;
      for (InferenceBatch batch = reader.next(); batch != null; batch = reader.next()) {
        batch.setModel(baseline.model());
        observatory.observe(batch, PROTOCOL);
        collectNames(batch, seen);
        rows += batch.rows();
        progress.read(1, rows, reader.progress());
      }
      messages.addAll(reader.problems().messages());
      if (rows == 0) {
        throw new IOException(current.description() + ": has no rows that can be used");
      }
    }
    messages.addAll(differences(baseline, seen));
    EvaluationSettings evaluation = EvaluationSettings.withDefaults().withDrift(drift, Map.of());
    DriftReport report =
        new Evaluator().evaluate(Instant.EPOCH, observatory.snapshots(), evaluation);
    return new Comparison(baseline, report, messages);
  }

  Baseline baseline() {
    return baseline;
  }

  DriftReport report() {
    return report;
  }

  /** Returns the only window, which holds all rows. */
  WindowReport window() {
    ModelReport model = report.model(baseline.model()).orElseThrow();
    return ((ModelReport.Compared) model).window(ALL.name()).orElseThrow();
  }

  /** Returns what was wrong with the rows, and which columns only one side has. */
  List<String> messages() {
    return messages;
  }

  /**
   * Returns the worst state of a column. A column without a verdict is worse than a stable one,
   * since nobody knows, but not worse than one that has drifted for sure.
   */
  DriftState worst() {
    DriftState worst = DriftState.STABLE;
    boolean unknown = false;
    for (var column : window().columns()) {
      DriftState state = column.verdict().state();
      unknown |= state == DriftState.INSUFFICIENT;
      worst = state.isAtLeast(worst) ? state : worst;
    }
    return worst == DriftState.STABLE && unknown ? DriftState.INSUFFICIENT : worst;
  }

  private static void collectNames(InferenceBatch batch, Set<String> names) {
    for (Role role : List.of(Role.INPUT, Role.OUTPUT)) {
      for (Column column : batch.columns(role)) {
        names.add(column.name());
      }
    }
  }

  private static List<String> differences(Baseline baseline, Set<String> seen) {
    Set<String> known = new TreeSet<>();
    baseline.columns().stream()
        .filter(column -> column.role() != Role.DERIVED)
        .forEach(column -> known.add(column.name()));
    List<String> messages = new ArrayList<>();
    Set<String> absent = new TreeSet<>(known);
    absent.removeAll(seen);
    if (!absent.isEmpty()) {
      messages.add("columns that only the baseline has: " + String.join(", ", absent));
    }
    Set<String> unexpected = new TreeSet<>(seen);
    unexpected.removeAll(known);
    if (!unexpected.isEmpty()) {
      messages.add("columns that the baseline does not have: " + String.join(", ", unexpected));
    }
    return messages;
  }
}
