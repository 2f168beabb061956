package io.modeldrift.evaluate;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.LatencyCounts;
import io.modeldrift.observe.LatencyQuantiles;
import io.modeldrift.observe.ModelFacts;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.ViolationCounts;
import io.modeldrift.observe.ViolationReason;
import io.modeldrift.observe.Window;
import io.modeldrift.observe.WindowSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Small baselines and snapshots to evaluate. */
final class Snapshots {

  static final ModelKey MODEL = new ModelKey("credit", "7");
  static final Window HOUR = new Window("1h", Duration.ofHours(1), 12);
  static final ViolationCounts NO_VIOLATIONS =
      new ViolationCounts(new long[ViolationReason.values().length]);

  static final ModelFacts FACTS =
      new ModelFacts(
          MODEL,
          0,
          Instant.EPOCH,
          Map.of(),
          new LatencyCounts(Collections.nCopies(16, 0L), 0, 0, 0, LatencyQuantiles.none("5m")),
          Map.of());

  private Snapshots() {}

  /** A column of categories a, b, …; the last four counts are other, unseen, missing, invalid. */
  static BaselineColumn categorical(String name, Role role, long... counts) {
    List<String> categories =
        IntStream.range(0, counts.length - 4).mapToObj(i -> "" + (char) ('a' + i)).toList();
    return new BaselineColumn(
        name,
        role,
        CategoricalLayout.of(categories, new long[0]),
        BinnedCounts.of(counts),
        0,
        0,
        List.of(),
        1);
  }

  static Baseline baseline(String id, BaselineColumn... columns) {
    return new Baseline(
        id, MODEL, Instant.EPOCH, "test", columns[0].counts().total(), List.of(columns));
  }

  static WindowSnapshot window(long pane, BinnedCounts... columns) {
    ViolationCounts[] violations = new ViolationCounts[columns.length];
    Arrays.fill(violations, NO_VIOLATIONS);
    return window(pane, List.of(columns), List.of(violations));
  }

  static WindowSnapshot window(
      long pane, List<BinnedCounts> columns, List<ViolationCounts> violations) {
    long rows = columns.get(0).total();
    return new WindowSnapshot(HOUR, HOUR.span(), pane, rows, columns, violations);
  }

  static ModelSnapshot ready(Baseline baseline, WindowSnapshot... windows) {
    return new ModelSnapshot.Ready(
        FACTS, baseline, Instant.EPOCH, List.of(), List.of(), List.of(windows));
  }
}
