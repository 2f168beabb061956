package io.modeldrift.bench;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** A model of 200 numeric columns and its traffic in three windows of 1,000 to 250,000 rows. */
public final class WideModel {

  public static final int COLUMNS = 200;
  public static final ModelKey KEY = new ModelKey("benchmark", "1");
  public static final NumericLayout LAYOUT =
      NumericLayout.of(
          new double[] {-3, -2.33, -1.28, -.84, -.52, -.25, 0, .25, .52, .84, 1.28, 2.33}, 3);

  private static final int BASELINE_ROWS = 25_000;
  private static final int CHUNKS = 30;
  private static final List<Window> WINDOWS =
      List.of(
          new Window("5m", Duration.ofMinutes(5), 5),
          new Window("1h", Duration.ofHours(1), 12),
          new Window("1d", Duration.ofDays(1), 24));
  private static final int[] WINDOW_ROWS = {1_000, 12_000, 250_000};

  private final SplittableRandom random = new SplittableRandom(1);
  private final Baseline baseline;

  public WideModel() {
    List<BaselineColumn> columns = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      columns.add(column("column_" + i));
    }
    baseline = new Baseline("benchmark", KEY, Instant.EPOCH, "benchmark", BASELINE_ROWS, columns);
  }

  public Baseline baseline() {
    return baseline;
  }

  /** Returns new random traffic whose newest panes have this number. */
  public ModelSnapshot.Ready snapshot(int pane) {
    List<WindowSnapshot> windows = new ArrayList<>();
    for (int w = 0; w < WINDOW_ROWS.length; w++) {
      // its own row count, or an evaluation would remember the quantiles of the one before
      int rows = WINDOW_ROWS[w] + pane;
      Window window = WINDOWS.get(w);
      windows.add(
          new WindowSnapshot(window, window.span(), pane, rows, traffic(rows), violations()));
    }
    WindowSnapshot longest = windows.get(windows.size() - 1);
    return new ModelSnapshot.Ready(
        facts(longest.rows()), baseline, Instant.EPOCH, longest.columns(), violations(), windows);
  }

  /** Returns how this many normal values fall into the bins. */
  public BinnedCounts counts(int rows) {
    return counts(rows, 0);
  }

  private static ModelFacts facts(long rows) {
    int buckets = LatencyCounts.BOUNDS.size() + 1;
    Map<SchemaProblem, Long> problems =
        Arrays.stream(SchemaProblem.values()).collect(Collectors.toMap(p -> p, p -> 0L));
    return new ModelFacts(
        KEY,
        rows,
        Instant.EPOCH,
        Map.of("v1", rows),
        new LatencyCounts(
            Collections.nCopies(buckets, 1L), 1, 0, 0, LatencyQuantiles.none("5m")),
        problems);
  }

  private List<BinnedCounts> traffic(int rows) {
    List<BinnedCounts> columns = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      columns.add(counts(rows));
    }
    return columns;
  }

  private static List<ViolationCounts> violations() {
    return Collections.nCopies(
        COLUMNS, new ViolationCounts(new long[ViolationReason.values().length]));
  }

  /** Every column has its own dispersion, so that columns share no quantile. */
  private BaselineColumn column(String name) {
    List<BinnedCounts> chunks = new ArrayList<>();
    for (int i = 0; i < CHUNKS; i++) {
      chunks.add(counts(BASELINE_ROWS / CHUNKS, 0.2 * gaussian()));
    }
    BinnedCounts all = chunks.stream().reduce(BinnedCounts::plus).orElseThrow();
    return new BaselineColumn(name, Role.INPUT, LAYOUT, all, 0, 1, chunks, 1);
  }

  private BinnedCounts counts(int rows, double shift) {
    long[] counts = new long[LAYOUT.bins()];
    double[] sums = new double[LAYOUT.bins()];
    for (int i = 0; i < rows; i++) {
      double value = shift + gaussian();
      int bin = LAYOUT.indexOf(value);
      counts[bin]++;
      sums[bin] += value;
    }
    return BinnedCounts.of(counts, sums);
  }

  private double gaussian() {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
