package io.modeldrift.observe;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineBuilder;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.bench.Against;
import io.modeldrift.bench.Rows;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Counts batches of 32 rows of 20 columns, as they come from a decoder, into bins and windows; the
 * outlier score of every row included. Million values a second. The baseline reads the same cells
 * and adds them up.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Rows.VALUES)
public class ObserveBenchmark {

  private static final int BASELINE_ROWS = 4096;

  private InferenceBatch numbers;
  private InferenceBatch texts;
  private ModelObserver ofNumbers;
  private ModelObserver ofTexts;

  @Setup
  public void prepare() {
    numbers = batch(Rows.ROWS, false);
    texts = batch(Rows.ROWS, true);
    ofNumbers = observer(batch(BASELINE_ROWS, false));
    ofTexts = observer(batch(BASELINE_ROWS, true));
  }

  @Benchmark
  @Against("readNumbers")
  public void observeNumbers() {
    ofNumbers.observe(numbers, "v1", Instant.EPOCH, 1);
  }

  @Benchmark
  public double readNumbers() {
    double sum = 0;
    for (Column column : numbers.columns(Role.INPUT)) {
      for (int row = 0; row < Rows.ROWS; row++) {
        sum += column.kind(row) + column.number(row);
      }
    }
    return sum;
  }

  @Benchmark
  @Against("readTexts")
  public void observeTexts() {
    ofTexts.observe(texts, "v1", Instant.EPOCH, 1);
  }

  @Benchmark
  public long readTexts() {
    long sum = 0;
    for (Column column : texts.columns(Role.INPUT)) {
      for (int row = 0; row < Rows.ROWS; row++) {
        sum += column.kind(row);
        int end = column.textOffset(row) + column.textLength(row);
        for (int i = column.textOffset(row); i < end; i++) {
          sum += column.textChars()[i];
        }
      }
    }
    return sum;
  }

  private static ModelObserver observer(InferenceBatch rows) {
    BaselineBuilder builder =
        new BaselineBuilder(BaselineSettings.withDefaults()).derive(new OutlierScore());
    builder.add(rows);
    Baseline baseline = builder.build(ModelKey.of("bench"), Instant.EPOCH, "benchmark");
    return new ModelObserver(
        ModelKey.of("bench"),
        new ObserveSettings.Model(baseline, BaselineSettings.withDefaults(), Map.of()),
        ObserveSettings.defaults(),
        new HeapShare(Long.MAX_VALUE),
        Instant.EPOCH);
  }

  private static InferenceBatch batch(int rows, boolean asTexts) {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(ModelKey.of("bench"), BatchKind.REQUEST, Instant.EPOCH);
    double[][] values = Rows.numbers(rows, Rows.COLUMNS);
    batch.ensureRows(rows);
    for (int i = 0; i < Rows.COLUMNS; i++) {
      Column column = batch.column(Role.INPUT, "feature_" + i);
      for (int row = 0; row < rows; row++) {
        if (asTexts) {
          column.setText(
              row, "category " + List.of("a", "b", "c", "d", "e").get(category(values[row][i])));
        } else {
          column.setNumber(row, values[row][i]);
        }
      }
    }
    return batch;
  }

  private static int category(double value) {
    return Math.floorMod(Double.hashCode(value), 5);
  }
}
