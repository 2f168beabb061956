package io.modeldrift.distribution;

import io.modeldrift.bench.Against;
import io.modeldrift.bench.Rows;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * Looks up bins: numbers among 12 intervals, texts among 20 categories; million values a second.
 * The baselines read the same values and add them up.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(BinLookupBenchmark.VALUES)
public class BinLookupBenchmark {

  static final int VALUES = 4096;

  private static final int TEXT = 10;
  private static final List<String> CATEGORIES =
      IntStream.range(0, 20).mapToObj(i -> String.format("category%02d", i)).toList();

  private final double[] numbers = new double[VALUES];
  private char[] texts = {};
  private NumericLayout numeric;
  private CategoricalLayout categorical;

  @Setup
  public void prepare() {
    double[][] rows = Rows.numbers(VALUES, Rows.COLUMNS);
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < VALUES; i++) {
      numbers[i] = rows[i][3];
      text.append(CATEGORIES.get(random.nextInt(CATEGORIES.size())));
    }
    texts = text.toString().toCharArray();
    numeric =
        NumericLayout.of(
            new double[] {-3, -2.33, -1.28, -.84, -.52, -.25, 0, .25, .52, .84, 1.28, 2.33}, 3);
    categorical = CategoricalLayout.of(CATEGORIES, new long[0]);
  }

  @Benchmark
  @Against("readNumbers")
  public long binsOfNumbers() {
    long sum = 0;
    for (double number : numbers) {
      sum += numeric.indexOf(number);
    }
    return sum;
  }

  @Benchmark
  public double readNumbers() {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }

  @Benchmark
  @Against("readTexts")
  public long binsOfTexts() {
    long sum = 0;
    for (int i = 0; i < VALUES; i++) {
      sum += categorical.indexOf(texts, TEXT * i, TEXT);
    }
    return sum;
  }

  @Benchmark
  public long readTexts() {
    long sum = 0;
    for (char c : texts) {
      sum += c;
    }
    return sum;
  }
}
