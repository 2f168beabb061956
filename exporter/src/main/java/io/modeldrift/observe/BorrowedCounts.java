package io.modeldrift.observe;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The outputs of one version, counted over the bins of another version's baseline.
 *
 * <p>Not thread-safe.
 */
final class BorrowedCounts {

  private static final int MOST_SAVED = 10_000;

  private final Baseline baseline;
  private final List<Window> windows;
  private final PaneClock clock;
  private final List<ColumnObserver> columns = new ArrayList<>();

  BorrowedCounts(Baseline baseline, List<Window> windows, Instant now) {
    this.baseline = baseline;
    this.windows = windows;
    this.clock = new PaneClock(windows, now.toEpochMilli());
    for (BaselineColumn column : baseline.columns()) {
      if (column.role() == Role.OUTPUT) {
        columns.add(new ColumnObserver(column, ColumnRules.none(), windows));
      }
    }
  }

  /** Whether these are the bins of this very baseline; comparing contents is too slow. */
  @SuppressWarnings("ReferenceEquality")
  boolean areOver(Baseline other) {
    return baseline == other;
  }

  void observe(InferenceBatch batch, Instant now) {
    advance(now);
    double[] unused = new double[batch.rows()];
    for (ColumnObserver observer : columns) {
      Column column = batch.find(Role.OUTPUT, observer.baseline().name());
      if (column == null) {
        observer.observeAbsent(unused, batch.rows());
      } else {
        observer.observe(column, unused, batch.rows());
      }
    }
  }

  List<BaselineColumn> columns() {
    return columns.stream().map(ColumnObserver::baseline).toList();
  }

  List<VersionSnapshot.InWindow> snapshot(Instant now) {
    advance(now);
    flush();
    List<VersionSnapshot.InWindow> inWindows = new ArrayList<>();
    for (int w = 0; w < windows.size(); w++) {
      int window = w;
      inWindows.add(
          new VersionSnapshot.InWindow(
              windows.get(w),
              clock.newest(w),
              columns.stream().map(column -> column.counts().window(window)).toList()));
    }
    return inWindows;
  }

  void save(StateOutput out, Instant now) {
    advance(now);
    flush();
    clock.save(out);
    out.number(columns.size());
    for (ColumnObserver column : columns) {
      out.text(column.identity());
      column.counts().save(out);
    }
  }

  /** Goes on where saved counts stood, as far as windows and bins are the same. */
  void restore(StateInput in, Instant now) throws SnapshotException {
    PaneClock.Saved saved = PaneClock.Saved.restore(in);
    Map<String, ColumnCounts> savedColumns = new HashMap<>();
    int count = in.size(MOST_SAVED);
    for (int i = 0; i < count; i++) {
      savedColumns.put(in.text(), ColumnCounts.restore(in, saved.windows()));
    }
    int[] same = clock.takeOver(saved, now.toEpochMilli());
    for (ColumnObserver column : columns) {
      ColumnCounts before = savedColumns.get(column.identity());
      if (before != null && before.bins() == column.counts().bins()) {
        column.counts().takeOver(before, same);
      }
    }
  }

  private void flush() {
    columns.forEach(column -> column.counts().flush(clock.indexes()));
  }

  private void advance(Instant now) {
    if (clock.isBeyond(now.toEpochMilli())) {
      flush();
      clock.advance(
          now.toEpochMilli(),
          (window, pane) -> columns.forEach(column -> column.counts().clear(window, pane)));
    }
  }
}
