package io.modeldrift.expose;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Families all of whose series are those of the scrape before, because no baseline was replaced and
 * nothing was evaluated since; most series are of this kind. Thread-safe.
 */
final class LastingFamilies {

  private final Map<Family, Known> known = new HashMap<>();
  private final Set<MetricSnapshot> snapshots = Collections.newSetFromMap(new IdentityHashMap<>());

  private record Known(List<List<DataPointSnapshot>> series, MetricSnapshot snapshot) {

    /** Whether they are the very same lists; comparing contents is too slow. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(List<List<DataPointSnapshot>> others) {
      boolean same = series.size() == others.size();
      for (int i = 0; same && i < others.size(); i++) {
        same = series.get(i) == others.get(i);
      }
      return same;
    }
  }

  /**
   * Returns the family made of these lists, none of which is ever changed; the same object as long
   * as the lists are.
   */
  synchronized MetricSnapshot of(
      Family family, List<List<DataPointSnapshot>> series, Supplier<MetricSnapshot> make) {
    Known before = known.get(family);
    if (before != null && before.isOf(series)) {
      return before.snapshot();
    }
    if (before != null) {
      snapshots.remove(before.snapshot());
    }
    Known made = new Known(List.copyOf(series), make.get());
    known.put(family, made);
    snapshots.add(made.snapshot());
    return made.snapshot();
  }

  /** Returns whether this very object may come again. */
  synchronized boolean contains(MetricSnapshot family) {
    return snapshots.contains(family);
  }
}
