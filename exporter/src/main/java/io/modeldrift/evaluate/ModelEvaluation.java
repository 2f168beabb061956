package io.modeldrift.evaluate;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.Window;
import io.modeldrift.observe.WindowSnapshot;
import io.modeldrift.statistics.ThresholdQuantiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges one model version under one baseline and one set of settings; a new one of either starts
 * afresh, votes included.
 *
 * <p>Not thread-safe.
 */
final class ModelEvaluation {

  private final Baseline baseline;
  private final DriftSettings settings;
  private final List<ColumnReference> references;
  private final Map<Window, WindowEvaluation> windows = new HashMap<>();
  private final Map<Window, SavedEvaluation.OfWindow> remembered = new HashMap<>();
  private final ThresholdQuantiles quantiles;

  ModelEvaluation(Baseline baseline, DriftSettings settings, ThresholdQuantiles quantiles) {
    this.baseline = baseline;
    this.settings = settings;
    this.quantiles = quantiles;
    this.references =
        baseline.columns().stream().map(column -> ColumnReference.of(column, settings)).toList();
  }

  /** Whether this evaluation is still the right one, so that its votes count. */
  boolean isFor(Baseline otherBaseline, DriftSettings otherSettings) {
    return baseline.id().equals(otherBaseline.id()) && settings.equals(otherSettings);
  }

  /** Goes on with what is remembered, if it is about the same baseline. */
  void restore(SavedEvaluation saved) {
    if (saved.baselineId().equals(baseline.id())) {
      remembered.putAll(saved.windows());
    }
  }

  SavedEvaluation saved() {
    Map<Window, SavedEvaluation.OfWindow> all = new HashMap<>(remembered);
    windows.forEach((window, evaluation) -> all.put(window, evaluation.saved()));
    return new SavedEvaluation(baseline.id(), all);
  }

  private WindowEvaluation start(Window window) {
    WindowEvaluation started = new WindowEvaluation(window, settings, references, quantiles);
    SavedEvaluation.OfWindow before = remembered.remove(window);
    if (before != null) {
      started.restore(before);
    }
    return started;
  }

  ModelReport evaluate(ModelSnapshot.Ready snapshot) {
    List<WindowReport> reports = new ArrayList<>(snapshot.windows().size());
    for (WindowSnapshot window : snapshot.windows()) {
      reports.add(windows.computeIfAbsent(window.window(), this::start).evaluate(window));
    }
    return new ModelReport.Compared(snapshot.model(), baseline, references, reports);
  }
}
