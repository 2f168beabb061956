package io.modeldrift.evaluate;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.Window;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the evaluation of one model under one baseline remembers, to be kept over a restart. */
record SavedEvaluation(String baselineId, Map<Window, OfWindow> windows) {

  private static final int MAX_WINDOWS = 100;
  private static final int MAX_COLUMNS = 100_000;

  /** Copies the outer map. */
  SavedEvaluation {
    windows = Map.copyOf(windows);
  }

  /**
   * What is remembered of one window.
   *
   * @param votes by the identity of their column
   * @param past earlier traffic that it is compared with
   */
  record OfWindow(Map<String, Votes.Saved> votes, List<PastEvaluation.Saved> past) {

    private void save(StateOutput out) {
      out.number(votes.size());
      votes.forEach(
          (identity, saved) -> {
            out.text(identity);
            saved.save(out);
          });
      out.number(past.size());
      past.forEach(saved -> saved.save(out));
    }

    private static OfWindow restore(StateInput in) throws SnapshotException {
      Map<String, Votes.Saved> votes = new HashMap<>();
      int columns = in.size(MAX_COLUMNS);
      for (int i = 0; i < columns; i++) {
        votes.put(in.text(), Votes.Saved.restore(in));
      }
      List<PastEvaluation.Saved> past = new ArrayList<>();
      int comparisons = in.size(PastReport.Against.values().length);
      for (int i = 0; i < comparisons; i++) {
        past.add(PastEvaluation.Saved.restore(in));
      }
      return new OfWindow(votes, past);
    }
  }

  StateOutput section(ModelKey model) {
    StateOutput out = new StateOutput();
    out.text(model.name());
    out.text(model.version());
    out.text(baselineId);
    out.number(windows.size());
    windows.forEach(
        (window, saved) -> {
          window.save(out);
          saved.save(out);
        });
    return out;
  }

  static ModelKey model(StateInput in) throws SnapshotException {
    return new ModelKey(in.text(), in.text());
  }

  /** Reads what stands behind the model's name. */
  static SavedEvaluation restore(StateInput in) throws SnapshotException {
    String baselineId = in.text();
    Map<Window, OfWindow> windows = new HashMap<>();
    int count = in.size(MAX_WINDOWS);
    for (int w = 0; w < count; w++) {
      windows.put(Window.restore(in), OfWindow.restore(in));
    }
    return new SavedEvaluation(baselineId, windows);
  }
}
