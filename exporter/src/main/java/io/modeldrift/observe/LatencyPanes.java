package io.modeldrift.observe;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The latencies of one window, one histogram a pane; the window's is their sum.
 *
 * <p>Not thread-safe: the model's lock guards it. 25 KB a pane that saw an answer.
 */
final class LatencyPanes {

  /** Ten minutes; whoever waits longer has long hung up. */
  static final long HIGHEST_MICROS = 600_000_000;

  private static final int SIGNIFICANT_DIGITS = 2;

  private final Window window;
  private final PaneClock clock;
  private final @Nullable Histogram[] panes;

  LatencyPanes(Window window, Instant now) {
    this.window = window;
    this.clock = new PaneClock(List.of(window), now.toEpochMilli());
    this.panes = new @Nullable Histogram[window.panes()];
  }

  /** Counts a latency of 0 to {@link #HIGHEST_MICROS} microseconds. */
  void record(long micros, Instant now) {
    advance(now);
    int newest = clock.indexes()[0];
    Histogram pane = panes[newest];
    if (pane == null) {
      pane = empty();
      panes[newest] = pane;
    }
    pane.recordValue(micros);
  }

  LatencyQuantiles snapshot(Instant now) {
    advance(now);
    if (Arrays.stream(panes).allMatch(pane -> pane == null)) {
      return LatencyQuantiles.none(window.name());
    }
    Histogram all = empty();
    for (Histogram pane : panes) {
      if (pane != null) {
        all.add(pane);
      }
    }
    return new LatencyQuantiles(
        window.name(),
        all.getTotalCount(),
        LatencyQuantiles.QUANTILES.stream()
            .map(quantile -> all.getValueAtPercentile(100 * quantile) / 1e6)
            .toList());
  }

  private void advance(Instant now) {
    clock.advance(now.toEpochMilli(), (ring, pane) -> panes[pane] = null);
  }

  private static Histogram empty() {
    return new Histogram(1, HIGHEST_MICROS, SIGNIFICANT_DIGITS);
  }
}
