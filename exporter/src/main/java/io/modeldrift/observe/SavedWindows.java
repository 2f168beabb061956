package io.modeldrift.observe;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows that saved counts were made over.
 *
 * @param newest number of each window's newest pane
 * @param since since when each has counted
 */
record SavedWindows(List<Window> windows, long[] newest, Instant[] since) {

  static final int MAX_TEXT_BYTES = 1 << 20;

  private static final int MAX_WINDOWS = 100;
  private static final long MAX_SPAN_MILLIS = Duration.ofDays(36_500).toMillis();

  static SavedWindows restore(StateInput in) throws SnapshotException {
    int count = in.size(MAX_WINDOWS);
    List<Window> windows = new ArrayList<>();
    long[] newest = new long[count];
    Instant[] since = new Instant[count];
    for (int w = 0; w < count; w++) {
      windows.add(window(in));
      newest[w] = in.number();
      since[w] = in.instant();
    }
    return new SavedWindows(windows, newest, since);
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
