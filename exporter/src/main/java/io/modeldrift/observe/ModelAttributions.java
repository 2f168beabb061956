package io.modeldrift.observe;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The attributions of one model version, in total and per pane of every window. */
final class ModelAttributions {

  private final List<Window> windows;
  private final PaneClock clock;
  private final List<String> inputs = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final AttributionPane total = new AttributionPane();
  private final AttributionPane[][] panes;

  ModelAttributions(List<Window> windows, Instant now) {
    this.windows = windows;
    this.clock = new PaneClock(windows, now.toEpochMilli());
    this.panes = new AttributionPane[windows.size()][];
    for (int w = 0; w < panes.length; w++) {
      panes[w] = new AttributionPane[windows.get(w).panes()];
      Arrays.setAll(panes[w], pane -> new AttributionPane());
    }
  }

  synchronized void observe(InferenceBatch batch, Instant now) {
    advance(now);
    AttributionPane added = new AttributionPane();
    added.addRows(attributedRows(batch));
    for (Column column : batch.attributions()) {
      int input = position(column.name());
      for (int row = 0; input >= 0 && row < batch.rows(); row++) {
        if (AttributionPane.isSummable(column, row)) {
          added.add(input, 1, Math.abs(column.number(row)));
        }
      }
    }
    total.add(added);
    int[] newest = clock.indexes();
    for (int w = 0; w < panes.length; w++) {
      panes[w][newest[w]].add(added);
    }
  }

  synchronized AttributionSnapshot snapshot(ModelKey model, Instant now) {
    advance(now);
    List<AttributionSnapshot.InWindow> inWindows = new ArrayList<>();
    for (int w = 0; w < panes.length; w++) {
      AttributionPane sum = new AttributionPane();
      for (AttributionPane pane : panes[w]) {
        sum.add(pane);
      }
      inWindows.add(new AttributionSnapshot.InWindow(windows.get(w), sum.named(inputs)));
    }
    return new AttributionSnapshot(model, total.named(inputs), inWindows);
  }

  synchronized void save(StateOutput out, Instant now) {
    advance(now);
    clock.save(out);
    out.number(inputs.size());
    inputs.forEach(out::text);
    total.save(out);
    for (AttributionPane[] ring : panes) {
      for (AttributionPane pane : ring) {
        pane.save(out);
      }
    }
  }

  /**
   * Goes on where saved sums stood; nothing may have been counted yet.
   *
   * @param continuous whether the total goes on as well
   */
  synchronized void restore(StateInput in, boolean continuous, Instant now)
      throws SnapshotException {
    PaneClock.Saved saved = PaneClock.Saved.restore(in);
    int count = in.size(InferenceBatch.MAX_COLUMNS);
    for (int i = 0; i < count; i++) {
      position(in.text());
    }
    AttributionPane savedTotal = AttributionPane.restore(in, inputs.size());
    List<List<AttributionPane>> savedPanes = new ArrayList<>();
    for (Window window : saved.windows()) {
      List<AttributionPane> ring = new ArrayList<>();
      for (int pane = 0; pane < window.panes(); pane++) {
        ring.add(AttributionPane.restore(in, inputs.size()));
      }
      savedPanes.add(ring);
    }
    int[] same = clock.takeOver(saved, now.toEpochMilli());
    for (int w = 0; w < same.length; w++) {
      if (same[w] >= 0) {
        panes[w] = savedPanes.get(same[w]).toArray(AttributionPane[]::new);
      }
    }
    if (continuous) {
      total.add(savedTotal);
    }
  }

  private static int attributedRows(InferenceBatch batch) {
    int rows = 0;
    for (int row = 0; row < batch.rows(); row++) {
      boolean attributed = false;
      for (Column column : batch.attributions()) {
        attributed |= AttributionPane.isSummable(column, row);
      }
      rows += attributed ? 1 : 0;
    }
    return rows;
  }

  /** Returns where an input's sums are, or −1 if there is no room for one more. */
  private int position(String input) {
    Integer known = positions.get(input);
    if (known != null) {
      return known;
    }
    if (inputs.size() >= InferenceBatch.MAX_COLUMNS) {
      return -1;
    }
    positions.put(input, inputs.size());
    inputs.add(input);
    return inputs.size() - 1;
  }

  private void advance(Instant now) {
    clock.advance(now.toEpochMilli(), (window, pane) -> panes[window][pane].clear());
  }
}
