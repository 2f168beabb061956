package io.modeldrift.truth;

import io.modeldrift.distribution.TextHash;
import io.modeldrift.observe.PaneClock;
import io.modeldrift.observe.Window;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
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
 * <p>Bounded: at most {@value #MOST_SEGMENTS} segments, and as many groups of a column; a further
 * one is not counted. Not thread-safe.
 */
final class TruthPanes {

  private static final int MOST_SEGMENTS = 200;
  private static final int MOST_SAVED = 10_000;

  private final Scorer scorer;
  private final List<Window> windows;
  private final PaneClock clock;
  private final PaneRing<Tally> all;
  private final Map<String, PaneRing<Tally>> segments = new LinkedHashMap<>();
  private final Map<String, Map<String, PaneRing<GroupTally>>> groups = new LinkedHashMap<>();
  private final @Nullable PaneRing<ExpectedTally> expected;

  /**
   * Begins to count.
   *
   * @param expects whether scores stand for probabilities, so that outcomes can be expected
   */
  TruthPanes(Scorer scorer, boolean expects, List<Window> windows, long nowMillis) {
    this.scorer = scorer;
    this.windows = windows;
    this.clock = new PaneClock(windows, nowMillis);
    this.all = new PaneRing<>(windows, scorer::tally);
    this.expected =
        expects ? new PaneRing<>(windows, () -> new ExpectedTally(scorer.layout().bins())) : null;
  }

  Scorer scorer() {
    return scorer;
  }

  /** Returns where any row is counted now. */
  Tally all() {
    return all.open();
  }

  /** Returns where a row of this segment is counted now; null if it is one too many. */
  @Nullable Tally segment(String column, String name) {
    PaneRing<Tally> ring = segmentRing(column + "=" + name);
    return ring == null ? null : ring.open();
  }

  private @Nullable PaneRing<Tally> segmentRing(String name) {
    PaneRing<Tally> known = segments.get(name);
    if (known == null && segments.size() < MOST_SEGMENTS) {
      known = new PaneRing<>(windows, scorer::segmentTally);
      segments.put(name, known);
    }
    return known;
  }

  /** Returns where a row of this group is counted now; null if it is one too many. */
  @Nullable GroupTally group(String column, String name) {
    PaneRing<GroupTally> ring = groupRing(column, name);
    return ring == null ? null : ring.open();
  }

  private @Nullable PaneRing<GroupTally> groupRing(String column, String name) {
    Map<String, PaneRing<GroupTally>> ofColumn =
        groups.computeIfAbsent(column, key -> new LinkedHashMap<>());
    PaneRing<GroupTally> known = ofColumn.get(name);
    if (known == null && ofColumn.size() < MOST_SEGMENTS) {
      known = new PaneRing<>(windows, () -> new GroupTally(scorer.classes().size()));
      ofColumn.put(name, known);
    }
    return known;
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
    List<PaneRing<?>> rings = new ArrayList<>(segments.values());
    rings.add(all);
    groups.values().forEach(of -> rings.addAll(of.values()));
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
    return each(groups, of -> each(of, PaneRing::total));
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
              each(groups, of -> each(of, ring -> ring.window(window))),
              Optional.ofNullable(expected).map(ring -> ring.window(window))));
    }
    return inWindows;
  }

  private Map<String, Tally> named(Function<PaneRing<Tally>, Tally> copy) {
    Map<String, Tally> named = new LinkedHashMap<>();
    named.put(TruthSnapshot.ALL, copy.apply(all));
    named.putAll(each(segments, copy));
    return named;
  }

  private static <A, B> Map<String, B> each(Map<String, A> map, Function<A, B> copy) {
    Map<String, B> copies = new LinkedHashMap<>();
    map.forEach((key, value) -> copies.put(key, copy.apply(value)));
    return copies;
  }

  /** Writes everything, behind what tells whether it still means the same. */
  void save(StateOutput out) {
    flush();
    out.number(meaning());
    clock.save(out);
    all.save(out);
    out.flag(expected != null);
    if (expected != null) {
      expected.save(out);
    }
    out.number(segments.size());
    segments.forEach(
        (name, ring) -> {
          out.text(name);
          ring.save(out);
        });
    out.number(groups.size());
    groups.forEach(
        (column, ofColumn) -> {
          out.text(column);
          out.number(ofColumn.size());
          ofColumn.forEach(
              (name, ring) -> {
                out.text(name);
                ring.save(out);
              });
        });
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
      PaneRing<ExpectedTally> ring =
          expected != null
              ? expected
              : new PaneRing<>(windows, () -> new ExpectedTally(scorer.layout().bins()));
      ring.restore(in, saved.windows(), same, continuous);
    }
    int count = in.size(MOST_SAVED);
    for (int i = 0; i < count; i++) {
      restore(segmentRing(in.text()), in, saved, same, continuous);
    }
    int columns = in.size(MOST_SAVED);
    for (int i = 0; i < columns; i++) {
      String column = in.text();
      int names = in.size(MOST_SAVED);
      for (int j = 0; j < names; j++) {
        restore(groupRing(column, in.text()), in, saved, same, continuous);
      }
    }
    return true;
  }

  private static void restore(
      @Nullable PaneRing<?> ring,
      StateInput in,
      PaneClock.Saved saved,
      int[] same,
      boolean continuous)
      throws SnapshotException {
    if (ring == null) {
      throw new SnapshotException("one segment too many");
    }
    ring.restore(in, saved.windows(), same, continuous);
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
