package io.modeldrift.evaluate;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.Window;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The votes of one model under one baseline, to be kept over a restart.
 *
 * @param windows by window, votes by the identity of their column
 */
record SavedVotes(String baselineId, Map<Window, Map<String, Votes.Saved>> windows) {

  private static final int MAX_TEXT_BYTES = 1 << 20;
  private static final int MAX_WINDOWS = 100;
  private static final int MAX_COLUMNS = 100_000;
  private static final long MAX_SPAN_MILLIS = Duration.ofDays(36_500).toMillis();

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
          out.text(window.name());
          out.number(window.span().toMillis());
          out.number(window.panes());
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
    return new ModelKey(in.text(MAX_TEXT_BYTES), in.text(MAX_TEXT_BYTES));
  }

  /** Reads what stands behind the model's name. */
  static SavedVotes restore(StateInput in) throws SnapshotException {
    String baselineId = in.text(MAX_TEXT_BYTES);
    Map<Window, Map<String, Votes.Saved>> windows = new HashMap<>();
    int count = in.size(MAX_WINDOWS);
    for (int w = 0; w < count; w++) {
      Window window = window(in);
      Map<String, Votes.Saved> columns = new HashMap<>();
      int columnCount = in.size(MAX_COLUMNS);
      for (int i = 0; i < columnCount; i++) {
        columns.put(in.text(MAX_TEXT_BYTES), Votes.Saved.restore(in));
      }
      windows.put(window, columns);
    }
    return new SavedVotes(baselineId, windows);
  }

  private static Window window(StateInput in) throws SnapshotException {
    try {
      return new Window(
          in.text(MAX_TEXT_BYTES),
          Duration.ofMillis(in.number(0, MAX_SPAN_MILLIS)),
          (int) in.number(0, Integer.MAX_VALUE));
    } catch (IllegalArgumentException e) {
      throw new SnapshotException("no window: " + e.getMessage());
    }
  }
}
