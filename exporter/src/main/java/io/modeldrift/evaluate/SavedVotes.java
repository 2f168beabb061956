package io.modeldrift.evaluate;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.Window;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.HashMap;
import java.util.Map;

/**
 * The votes of one model under one baseline, to be kept over a restart.
 *
 * @param windows by window, votes by the identity of their column
 */
record SavedVotes(String baselineId, Map<Window, Map<String, Votes.Saved>> windows) {

  private static final int MAX_WINDOWS = 100;
  private static final int MAX_COLUMNS = 100_000;

  /** Copies the outer map. */
  SavedVotes {
    windows = Map.copyOf(windows);
  }

  StateOutput section(ModelKey model) {
    StateOutput out = new StateOutput();
    out.text(model.name());
    out.text(model.version());
    out.text(baselineId);
    out.number(windows.size());
    windows.forEach(
        (window, columns) -> {
          window.save(out);
          out.number(columns.size());
          columns.forEach(
              (identity, votes) -> {
                out.text(identity);
                votes.save(out);
              });
        });
    return out;
  }

  static ModelKey model(StateInput in) throws SnapshotException {
    return new ModelKey(in.text(), in.text());
  }

  /** Reads what stands behind the model's name. */
  static SavedVotes restore(StateInput in) throws SnapshotException {
    String baselineId = in.text();
    Map<Window, Map<String, Votes.Saved>> windows = new HashMap<>();
    int count = in.size(MAX_WINDOWS);
    for (int w = 0; w < count; w++) {
      Window window = Window.restore(in);
      Map<String, Votes.Saved> columns = new HashMap<>();
      int columnCount = in.size(MAX_COLUMNS);
      for (int i = 0; i < columnCount; i++) {
        columns.put(in.text(), Votes.Saved.restore(in));
      }
      windows.put(window, columns);
    }
    return new SavedVotes(baselineId, windows);
  }
}
