package io.modeldrift.expose;

import io.modeldrift.bench.Against;
import io.modeldrift.bench.WideModel;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.evaluate.Evaluator;
import io.modeldrift.expose.StateMetrics.Scope;
import io.modeldrift.observe.ModelSnapshot;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writes everything about 200 columns in three windows as Prometheus text, as it is between two
 * evaluations. The baseline compresses the same bytes and does nothing else.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ScrapeBenchmark {

  private final FakeState state = new FakeState();
  private final StateMetrics metrics = new StateMetrics(state);
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final ScrapeFormat format =
      new ScrapeFormat(formats.findWriter(null), EscapingScheme.UNDERSCORE_ESCAPING);
  private final DeflatedFamilies deflated = new DeflatedFamilies(metrics.lasting());
  private byte[] text = {};

  @Setup
  public void prepare() throws IOException {
    ModelSnapshot snapshot = new WideModel().snapshot(0);
    state.models = List.of(snapshot);
    state.report =
        new Evaluator()
            .evaluate(Instant.EPOCH, List.of(snapshot), EvaluationSettings.withDefaults());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out);
    text = out.toByteArray();
    System.out.println(text.length + " bytes of text");
  }

  @Benchmark
  public int collect() {
    return metrics.collect(Scope.ALL).size();
  }

  @Benchmark
  public void text() throws IOException {
    write(OutputStream.nullOutputStream());
  }

  @Benchmark
  @Against("text")
  public void textByLibrary() throws IOException {
    formats
        .findWriter(null)
        .write(
            OutputStream.nullOutputStream(),
            metrics.collect(Scope.ALL),
            EscapingScheme.UNDERSCORE_ESCAPING);
  }

  @Benchmark
  @Against("compress")
  public void compressedText() throws IOException {
    try (GzipText out = new GzipText(OutputStream.nullOutputStream())) {
      FastText.write(format, metrics.collect(Scope.ALL), out, deflated);
    }
  }

  @Benchmark
  public void compress() throws IOException {
    try (OutputStream out = new GzipText(OutputStream.nullOutputStream())) {
      out.write(text);
    }
  }

  private void write(OutputStream out) throws IOException {
    FastText.write(format, metrics.collect(Scope.ALL), out);
  }
}
