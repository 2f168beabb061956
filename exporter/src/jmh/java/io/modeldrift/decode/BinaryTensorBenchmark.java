package io.modeldrift.decode;

import io.modeldrift.bench.Against;
import io.modeldrift.bench.Rows;
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
 * Decodes one binary V2 tensor of 1,000 rows of 20 doubles, million values a second. The baseline
 * copies the bytes of the body to another array.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(BinaryTensorBenchmark.ROWS * Rows.COLUMNS)
public class BinaryTensorBenchmark {

  static final int ROWS = 1000;

  private final PayloadDecoder decoder = Decoders.standard(DecodeSettings.defaults());
  private Payload payload;
  private byte[] copy;

  @Setup
  public void prepare() {
    payload = Samples.payload("v2-binary", ROWS);
    copy = new byte[payload.body().length];
    if (!(decoder.decode(payload) instanceof Decoded.Inferences)) {
      throw new IllegalStateException(decoder.decode(payload).toString());
    }
  }

  @Benchmark
  @Against(value = "copy", target = 0.3)
  public Decoded decode() {
    return decoder.decode(payload);
  }

  @Benchmark
  public byte[] copy() {
    System.arraycopy(payload.body(), 0, copy, 0, copy.length);
    return copy;
  }
}
