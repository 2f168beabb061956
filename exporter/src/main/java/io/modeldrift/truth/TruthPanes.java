package io.modeldrift.truth;

import io.modeldrift.distribution.TextHash;
import io.modeldrift.observe.PaneClock;
import io.modeldrift.observe.Window;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.statistics.CalibrationTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of one model version as long as its predictions mean the same: in total and per
 * pane of every window.
 *
 * <p>Bounded: at most {@value #MOST_SEGMENTS} segments, and as many groups of a column; of either
 * no more than 16 MB can hold, were every pane in use. Further ones count together. Not
 * thread-safe.
 */
final class TruthPanes {

  private static final int MOST_SEGMENTS = 200;
  private static final long MOST_BYTES = 16 << 20;

  /** What a tally takes beside its counts, roughly. */
  private static final long TALLY_BYTES = 200;

  private Scorer scorer;
  private final List<Window> windows;
  private final PaneClock clock;
  private final PaneRing<Tally> all;
  private final AttributeRings<Tally> segments;
  private final AttributeRings<GroupTally> groups;
  private Optional<CalibrationTable> calibration = Optional.empty();
  private @Nullable PaneRing<ExpectedTally> expected;

  /**
   * Begins to count.
   *
   * @param calibration which probabilities scores stand for, so that outcomes can be expected
   */
  TruthPanes(
      Scorer scorer, Optional<CalibrationTable> calibration, List<Window> windows, long nowMillis) {
    this.scorer = scorer;
    this.windows = windows;
    this.clock = new PaneClock(windows, nowMillis);
    this.all = new PaneRing<>(windows, scorer::tally);
    int room = room(scorer.classes().size(), windows);
    this.segments =
        new AttributeRings<>(
            Math.min(room, MOST_SEGMENTS),
            MOST_SEGMENTS,
            () -> new PaneRing<>(windows, scorer::segmentTally));
    this.groups =
        new AttributeRings<>(
            room,
            MOST_SEGMENTS,
            () -> new PaneRing<>(windows, () -> new GroupTally(scorer.classes().size())));
    judgeBy(scorer, calibration);
  }

  /**
   * Goes on by another baseline that means the same. What scores let expect starts afresh where it
   * is something else.
   *
   * @param equal to the scorer so far, with groups of its own
   */
  void judgeBy(Scorer equal, Optional<CalibrationTable> newCalibration) {
    scorer = equal;
    if (!newCalibration.equals(calibration)) {
      calibration = newCalibration;
      expected = calibration.isPresent() ? expectedRing() : null;
    }
  }

  private PaneRing<ExpectedTally> expectedRing() {
    int bins = scorer.layout().bins();
    return new PaneRing<>(windows, () -> new ExpectedTally(bins));
  }

  /** Returns how many segments or groups can be kept: the total, what is open, and each pane. */
  private static int room(int classes, List<Window> windows) {
    long tallies = 2 + windows.stream().mapToLong(Window::panes).sum();
    long tally = TALLY_BYTES + (long) Long.BYTES * classes * (classes + 1);
    return (int) (MOST_BYTES / (tallies * tally));
  }

  Scorer scorer() {
    return scorer;
  }

  /** Returns where any row is counted now. */
  Tally all() {
    return all.open();
  }

  /** Returns where a row of this segment is counted now. */
  Tally segment(String column, String name) {
    return segments.of(column, name).open();
  }

  /** Returns where a row of this group is counted now. */
  GroupTally group(String column, String name) {
    return groups.of(column, name).open();
  }

  /** Returns where any prediction is counted now; null if its outcome cannot be expected. */
  @Nullable ExpectedTally expected() {
    return expected == null ? null : expected.open();
  }

  void advance(long nowMillis) {
    if (clock.isBeyond(nowMillis)) {
      flush();
      clock.advance(nowMillis, (window, pane) -> rings().forEach(r -> r.clear(window, pane)));
    }
  }

  private void flush() {
    int[] newest = clock.indexes();
    rings().forEach(ring -> ring.flush(newest));
  }

  private List<PaneRing<?>> rings() {
    List<PaneRing<?>> rings = new ArrayList<>();
    rings.add(all);
    segments.rings().forEach(rings::add);
    groups.rings().forEach(rings::add);
    if (expected != null) {
      rings.add(expected);
    }
    return rings;
  }

  /** Returns the totals by segment, that of all rows first. */
  Map<String, Tally> segments() {
    flush();
    return named(PaneRing::total);
  }

  Map<String, Map<String, GroupTally>> groups() {
    flush();
    return groups.each(PaneRing::total);
  }

  Optional<ExpectedTally> expectedTotal() {
    flush();
    return Optional.ofNullable(expected).map(PaneRing::total);
  }

  /** Returns what each window holds. */
  List<TruthSnapshot.InWindow> inWindows() {
    flush();
    List<TruthSnapshot.InWindow> inWindows = new ArrayList<>();
    for (int w = 0; w < windows.size(); w++) {
      int window = w;
      inWindows.add(
          new TruthSnapshot.InWindow(
              windows.get(w),
              named(ring -> ring.window(window)),
              groups.each(ring -> ring.window(window)),
              Optional.ofNullable(expected).map(ring -> ring.window(window))));
    }
    return inWindows;
  }

  private Map<String, Tally> named(Function<PaneRing<Tally>, Tally> copy) {
    Map<String, Tally> named = new LinkedHashMap<>();
    named.put(TruthSnapshot.ALL, copy.apply(all));
    segments
        .each(copy)
        .forEach(
            (column, values) ->
                values.forEach((name, tally) -> named.put(column + "=" + name, tally)));
    return named;
  }

  /** Writes everything, behind what tells whether it still means the same. */
  void save(StateOutput out) {
    flush();
    out.number(meaning());
    clock.save(out);
    all.save(out);
    out.flag(expected != null);
    if (expected != null) {
      out.number(expectation());
      expected.save(out);
    }
    segments.save(out);
    groups.save(out);
  }

  /**
   * Goes on where saved counts stood, if they mean the same; what follows them is left unread if
   * they do not.
   *
   * @param continuous whether totals go on as well
   * @return whether they mean the same
   */
  boolean restore(StateInput in, boolean continuous, long nowMillis) throws SnapshotException {
    if (in.number() != meaning()) {
      return false;
    }
    PaneClock.Saved saved = PaneClock.Saved.restore(in);
    int[] same = clock.takeOver(saved, nowMillis);
    all.restore(in, saved.windows(), same, continuous);
    if (in.flag()) {
      boolean alike = in.number() == expectation();
      PaneRing<ExpectedTally> ring = alike && expected != null ? expected : expectedRing();
      ring.restore(in, saved.windows(), same, continuous);
    }
    segments.restore(in, saved, same, continuous);
    groups.restore(in, saved, same, continuous);
    return true;
  }

  /** Says by which probabilities outcomes are expected; the same in every process. */
  private long expectation() {
    return calibration.map(CalibrationTable::hashCode).orElse(0);
  }

  private long meaning() {
    return TextHash.of(
        String.join(
            "\n",
            scorer.kind().label(),
            scorer.classes().toString(),
            Double.toString(scorer.threshold()),
            Double.toString(scorer.centre()),
            Arrays.toString(scorer.layout().edges())));
  }
}
