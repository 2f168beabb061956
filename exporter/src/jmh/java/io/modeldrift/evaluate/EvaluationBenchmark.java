package io.modeldrift.evaluate;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.ModelFacts;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.ViolationCounts;
import io.modeldrift.observe.ViolationReason;
import io.modeldrift.observe.Window;
import io.modeldrift.observe.WindowSnapshot;
import io.modeldrift.statistics.BinnedPair;
import io.modeldrift.statistics.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Evaluates 200 numeric columns in three windows of 1 000, 12 000 and 250 000 rows.
 *
 * <p>Every column has its own dispersion, so that columns share no quantile; the traffic differs
 * from evaluation to evaluation in all windows, so that none is remembered either. Quiet columns
 * with independent rows are much faster.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class EvaluationBenchmark {

  private static final int COLUMNS = 200;
  private static final int BASELINE_ROWS = 25_000;
  private static final int CHUNKS = 30;
  private static final int EVALUATIONS = 16;
  private static final ModelKey MODEL = new ModelKey("benchmark", "1");
  private static final List<Window> WINDOWS =
      List.of(
          new Window("5m", Duration.ofMinutes(5), 5),
          new Window("1h", Duration.ofHours(1), 12),
          new Window("1d", Duration.ofDays(1), 24));
  private static final int[] WINDOW_ROWS = {1_000, 12_000, 250_000};
  private static final NumericLayout LAYOUT =
      NumericLayout.of(
          new double[] {-3, -2.33, -1.28, -.84, -.52, -.25, 0, .25, .52, .84, 1.28, 2.33}, 3);

  private final SplittableRandom random = new SplittableRandom(1);
  private final Evaluator evaluator = new Evaluator();
  private final List<ModelSnapshot> snapshots = new ArrayList<>();
  private BinnedPair pair;
  private int next;

  @Setup
  public void prepare() {
    List<BaselineColumn> columns = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      columns.add(column("column_" + i));
    }
    Baseline baseline =
        new Baseline("benchmark", MODEL, Instant.EPOCH, "benchmark", BASELINE_ROWS, columns);
    for (int i = 0; i < EVALUATIONS; i++) {
      snapshots.add(snapshot(baseline, i));
    }
    pair = BinnedPair.ordered(columns.get(0).counts(), counts(12_000), LAYOUT.valueBins(), 1);
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public DriftReport evaluate200ColumnsIn3Windows() {
    next = (next + 1) % EVALUATIONS;
    return evaluator.evaluate(
        Instant.EPOCH, List.of(snapshots.get(next)), EvaluationSettings.withDefaults());
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public double scoreOneColumnByThreeMeasures() {
    return Measure.PSI.score(pair).asOptional().orElseThrow()
        + Measure.WASSERSTEIN.score(pair).asOptional().orElseThrow()
        + Measure.KS.score(pair).asOptional().orElseThrow();
  }

  private ModelSnapshot snapshot(Baseline baseline, int pane) {
    ViolationCounts none = new ViolationCounts(new long[ViolationReason.values().length]);
    List<WindowSnapshot> windows = new ArrayList<>();
    for (int w = 0; w < WINDOW_ROWS.length; w++) {
      int rows = WINDOW_ROWS[w] + pane; // its own row count, or quantiles would be remembered
      List<BinnedCounts> columns = new ArrayList<>();
      for (int i = 0; i < COLUMNS; i++) {
        columns.add(counts(rows));
      }
      windows.add(
          new WindowSnapshot(
              WINDOWS.get(w),
              WINDOWS.get(w).span(),
              pane,
              rows,
              columns,
              Collections.nCopies(COLUMNS, none)));
    }
    return new ModelSnapshot.Ready(
        new ModelFacts(MODEL, 0, Instant.EPOCH, Map.of(), Map.of()),
        baseline,
        Instant.EPOCH,
        List.of(),
        List.of(),
        windows);
  }

  private BaselineColumn column(String name) {
    List<BinnedCounts> chunks = new ArrayList<>();
    for (int i = 0; i < CHUNKS; i++) {
      chunks.add(counts(BASELINE_ROWS / CHUNKS, 0.2 * gaussian()));
    }
    BinnedCounts all = chunks.stream().reduce(BinnedCounts::plus).orElseThrow();
    return new BaselineColumn(name, Role.INPUT, LAYOUT, all, 0, 1, chunks, 1);
  }

  private BinnedCounts counts(int rows) {
    return counts(rows, 0);
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
