package io.modeldrift.decode;

import io.modeldrift.bench.Against;
import io.modeldrift.bench.Rows;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonParser;

/** Decodes payloads of one row of 20 numbers, million values a second. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Rows.COLUMNS)
public class SingleRowBenchmark {

  @Param({"v1-rows", "v1-objects", "v2-json", "native"})
  public String format;

  private final PayloadDecoder decoder = Decoders.standard(DecodeSettings.defaults());
  private Payload payload;

  @Setup
  public void prepare() {
    payload = Samples.payload(format, 1);
    if (!(decoder.decode(payload) instanceof Decoded.Inferences)) {
      throw new IllegalStateException(format + ": " + decoder.decode(payload));
    }
  }

  @Benchmark
  @Against("tokens")
  public Decoded decode() {
    return decoder.decode(payload);
  }

  @Benchmark
  public int tokens() {
    int tokens = 0;
    try (JsonParser parser = Json.parser(Slice.of(payload.body()))) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }
}
