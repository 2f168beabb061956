package io.modeldrift.decode;

import io.modeldrift.bench.Against;
import io.modeldrift.bench.Rows;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
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
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.csv.CsvFactory;

/**
 * Decodes 32 rows of 20 numbers, million values a second. The baseline reads the tokens of the same
 * bytes and does nothing with them: no number is converted, no format recognised.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Rows.VALUES)
public class DecodeBenchmark {

  @Param({"v1-rows", "v1-objects", "v1-columns", "v2-json", "mlflow", "native", "csv"})
  public String format;

  private final PayloadDecoder decoder = Decoders.standard(DecodeSettings.defaults());
  private Payload payload;

  @Setup
  public void prepare() {
    payload = Samples.payload(format, Rows.ROWS);
    if (!(decoder.decode(payload) instanceof Decoded.Inferences)) {
      throw new IllegalStateException(format + ": " + decoder.decode(payload));
    }
  }

  @Benchmark
  @Against(value = "tokens", target = 0.6)
  public Decoded decode() {
    return decoder.decode(payload);
  }

  @Benchmark
  public int tokens() {
    int tokens = 0;
    try (JsonParser parser = parser()) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  private JsonParser parser() {
    if (format.equals("csv")) {
      return CSV.createParser(
          ObjectReadContext.empty(),
          new StringReader(new String(payload.body(), StandardCharsets.UTF_8)));
    }
    return Json.parser(Slice.of(payload.body()));
  }

  private static final CsvFactory CSV = new CsvFactory();
}
