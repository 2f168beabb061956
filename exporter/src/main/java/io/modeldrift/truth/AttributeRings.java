package io.modeldrift.truth;

import io.modeldrift.observe.PaneClock;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts for each value of some columns. Values that there is no room for count together, as {@link
 * AttributeNames#OTHER} of their column. Not thread-safe.
 */
final class AttributeRings<T extends Accumulator<T>> {

  private static final int MOST_SAVED = 10_000;

  private final Supplier<PaneRing<T>> empty;
  private final int most;
  private final int mostOfColumn;
  private final Map<String, Map<String, PaneRing<T>>> columns = new LinkedHashMap<>();
  private int size;

  /**
   * Begins without values.
   *
   * @param most values of all columns, beside one a column for the others
   * @param mostOfColumn values of one column, likewise
   */
  AttributeRings(int most, int mostOfColumn, Supplier<PaneRing<T>> empty) {
    this.most = most;
    this.mostOfColumn = mostOfColumn;
    this.empty = empty;
  }

  /** Returns where rows with this value of a column are counted. */
  PaneRing<T> of(String column, String name) {
    Map<String, PaneRing<T>> ofColumn =
        columns.computeIfAbsent(column, key -> new LinkedHashMap<>());
    PaneRing<T> known = ofColumn.get(name);
    if (known != null) {
      return known;
    }
    boolean room = size < most && ofColumn.size() < mostOfColumn;
    return ofColumn.computeIfAbsent(
        room ? name : AttributeNames.OTHER,
        key -> {
          size++;
          return empty.get();
        });
  }

  Stream<PaneRing<T>> rings() {
    return columns.values().stream().flatMap(ofColumn -> ofColumn.values().stream());
  }

  /** Returns something of each value, by column. */
  Map<String, Map<String, T>> each(Function<PaneRing<T>, T> copy) {
    Map<String, Map<String, T>> copies = new LinkedHashMap<>();
    columns.forEach(
        (column, ofColumn) -> {
          Map<String, T> named = new LinkedHashMap<>();
          ofColumn.forEach((name, ring) -> named.put(name, copy.apply(ring)));
          copies.put(column, named);
        });
    return copies;
  }

  /** Writes everything, which must be flushed. */
  void save(StateOutput out) {
    out.number(columns.size());
    columns.forEach(
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

  /** Goes on where saved counts stood, which may have had more room; see {@link PaneRing}. */
  void restore(StateInput in, PaneClock.Saved saved, int[] same, boolean continuous)
      throws SnapshotException {
    int savedColumns = in.size(MOST_SAVED);
    for (int i = 0; i < savedColumns; i++) {
      String column = in.text();
      int names = in.size(MOST_SAVED);
      for (int j = 0; j < names; j++) {
        of(column, in.text()).restore(in, saved.windows(), same, continuous);
      }
    }
  }
}
