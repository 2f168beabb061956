package io.modeldrift.baseline;

import io.modeldrift.inference.ModelKey;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Builds a baseline from a large CSV file, and says how long it took and how much memory it needed.
 *
 * <p>Run it with a small heap and two sizes: the memory must not grow with the rows.
 *
 * <pre>java -Xmx256m -cp … io.modeldrift.baseline.BaselineSoak 2000000 50</pre>
 *
 * <p>A third of the columns are normal numbers, a third small integers, a third names with a long
 * tail; 2 % are missing.
 */
public final class BaselineSoak {

  private BaselineSoak() {}

  /** Takes the numbers of rows and columns. */
  public static void main(String[] arguments) throws IOException {
    int rows = Integer.parseInt(arguments[0]);
    int columns = Integer.parseInt(arguments[1]);
    Path file = Files.createTempFile("soak", ".csv");
    try {
      long start = System.nanoTime();
      write(file, rows, columns);
      report("written", start, rows, columns);
      start = System.nanoTime();
      ScanResult result =
          new BaselineScan(
                  new CsvSource(file, CsvSettings.withDefaults(), ColumnChoice.withDefaults()),
                  BaselineSettings.withDefaults(),
                  ScanProgress.NONE)
              .build(ModelKey.of("soak"), Instant.EPOCH);
      report("scanned", start, rows, columns);
      System.out.printf(
          "%,d MB file, %,d rows counted, exact bins: %s, baseline %,d kB, peak heap %,d MB of %,d%n",
          Files.size(file) >> 20,
          result.baseline().rows(),
          result.exactBins(),
          BaselineWriter.toJson(result.baseline()).length() >> 10,
          peakHeap() >> 20,
          Runtime.getRuntime().maxMemory() >> 20);
    } finally {
      Files.delete(file);
    }
  }

  private static void report(String what, long start, int rows, int columns) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%s %,d x %d in %.1f s: %,.0f cells/s%n",
        what, rows, columns, seconds, (double) rows * columns / seconds);
  }

  /** Sum of the pools' peaks: an upper bound, since they need not have come together. */
  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static void write(Path file, int rows, int columns) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int column = 0; column < columns; column++) {
        out.write((column == 0 ? "c" : ",c") + column);
      }
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          out.write(column == 0 ? '\n' : ',');
          writeCell(out, random, column % 3);
        }
      }
      out.write('\n');
    }
  }

  private static void writeCell(BufferedWriter out, SplittableRandom random, int kind)
      throws IOException {
    if (random.nextInt(50) == 0) {
      return;
    }
    switch (kind) {
      case 0 -> out.write(Float.toString((float) (random.nextDouble() - random.nextDouble())));
      case 1 -> out.write(Integer.toString(random.nextInt(100)));
      default -> out.write("n" + (int) (30 / (1 - random.nextDouble())));
    }
  }
}
