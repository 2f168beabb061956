package io.modeldrift.observe;

import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.bench.WideModel;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What happens to 200 columns in windows of 5 minutes, an hour and a day beside counting: panes
 * that age out, snapshots for scrapes and evaluations.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WindowBenchmark {

  private final InferenceBatch empty = new InferenceBatch();
  private final ModelObserver model =
      new ModelObserver(
          WideModel.KEY,
          new ObserveSettings.Model(
              new WideModel().baseline(), BaselineSettings.withDefaults(), Map.of()),
          ObserveSettings.defaults(),
          new HeapShare(Long.MAX_VALUE),
          Instant.EPOCH);
  private Instant now = Instant.EPOCH;

  /** A minute passes: one pane of the shortest window each time, one of the day each hour. */
  @Benchmark
  public void advanceByAMinute() {
    now = now.plusSeconds(60);
    empty.reset(WideModel.KEY, BatchKind.RESPONSE, now);
    model.observe(empty, "v1", now, 1);
  }

  @Benchmark
  public ModelSnapshot snapshotForAScrape() {
    return model.snapshot(now, false);
  }

  @Benchmark
  public ModelSnapshot snapshotForAnEvaluation() {
    return model.snapshot(now, true);
  }
}
