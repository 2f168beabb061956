package io.modeldrift.evaluate;

import io.modeldrift.bench.WideModel;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.statistics.BinnedPair;
import io.modeldrift.statistics.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * Evaluates 200 numeric columns in three windows of 1,000, 12,000 and 250,000 rows.
 *
 * <p>Every column has its own dispersion, so that columns share no quantile; the traffic differs
 * from evaluation to evaluation in all windows, so that none is remembered either. Quiet columns
 * with independent rows are much faster.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
public class EvaluationBenchmark {

  private static final int EVALUATIONS = 16;

  private final Evaluator evaluator = new Evaluator();
  private final List<ModelSnapshot> snapshots = new ArrayList<>();
  private BinnedPair pair;
  private int next;

  @Setup
  public void prepare() {
    WideModel model = new WideModel();
    for (int i = 0; i < EVALUATIONS; i++) {
      snapshots.add(model.snapshot(i));
    }
    pair =
        BinnedPair.ordered(
            model.baseline().columns().get(0).counts(),
            model.counts(12_000),
            WideModel.LAYOUT.valueBins(),
            1);
  }

  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public DriftReport evaluate200ColumnsIn3Windows() {
    next = (next + 1) % EVALUATIONS;
    return evaluator.evaluate(
        Instant.EPOCH, List.of(snapshots.get(next)), EvaluationSettings.withDefaults());
  }

  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public double scoreOneColumnByThreeMeasures() {
    return Measure.PSI.score(pair).asOptional().orElseThrow()
        + Measure.WASSERSTEIN.score(pair).asOptional().orElseThrow()
        + Measure.KS.score(pair).asOptional().orElseThrow();
  }
}
