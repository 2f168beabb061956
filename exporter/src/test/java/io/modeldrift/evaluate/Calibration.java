package io.modeldrift.evaluate;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.statistics.Measure;
import io.modeldrift.statistics.ThresholdQuantiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Simulates streams with and without drift and writes how often they were flagged, as tables
 * between two marks of {@code docs/statistics.md}. Ends with status 1 if a target is missed.
 *
 * <p>Arguments: the number of simulated baselines per stream, and the file; without the file the
 * tables go to the console. {@code make calibration} runs it. The same number gives the same
 * tables.
 */
public final class Calibration {

  private static final String BEGIN = "<!-- calibration: begin -->";
  private static final String END = "<!-- calibration: end -->";
  private static final int BASELINE_ROWS = 20_000;
  private static final int[] SIZES = {200, 500, 1_000, 5_000, 20_000, 100_000};
  private static final double[] SHIFTS = {0.1, 0.2, 0.3, 0.5, 1};
  private static final int[] SHIFTED_SIZES = {200, 500, 1_000, 5_000, 20_000};

  private final int baselines;
  private final ThresholdQuantiles quantiles = new ThresholdQuantiles();
  private final List<String> lines = new ArrayList<>();
  private final CalibrationTargets targets = new CalibrationTargets();
  private final long started = System.nanoTime();
  private int simulations;

  private Calibration(int baselines) {
    this.baselines = baselines;
  }

  /** Runs the simulation. */
  public static void main(String[] args) throws IOException {
    Calibration calibration = new Calibration(Integer.parseInt(args[0]));
    calibration.run();
    System.err.printf(Locale.ROOT, "done after %d s%n", calibration.secondsSinceStart());
    String tables = String.join("\n", calibration.lines);
    if (args.length > 1) {
      writeInto(Path.of(args[1]), tables);
    } else {
      System.out.println(tables);
    }
    if (!calibration.targets.allReached()) {
      System.err.println("a target was missed, see the table of targets");
      System.exit(1);
    }
  }

  private void run() {
    lines.add(
        String.format(
            Locale.ROOT,
            "Written by `make calibration` with %d simulated baselines a stream, of %,d rows each.",
            baselines,
            BASELINE_ROWS));
    falseAlarms();
    detection();
    lines.addAll(targets.table());
  }

  private void falseAlarms() {
    lines.add("");
    lines.add("**No drift: windows flagged, in per cent**");
    lines.add("");
    lines.add(
        "| stream | rows | judged | warning | drifted | zero tolerance, target 1: psi | ks |"
            + " wasserstein | fixed bar 0.1 | 0.25 |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|");
    for (Streams.Stream stream : Streams.ALL) {
      Rates[] rates = rates(SIZES);
      simulate(stream, SIZES, 0, rates, rates(SIZES));
      for (int i = 0; i < SIZES.length; i++) {
        lines.add(falseAlarmRow(stream, SIZES[i], rates[i]));
        targets.noDrift(stream, SIZES[i], rates[i]);
      }
    }
  }

  private void detection() {
    lines.add("");
    lines.add("**Drift: windows flagged, in per cent, normal values shifted**");
    lines.add("");
    lines.add(
        "| shift, σ | rows | warning | drifted | assumed independent: warning | drifted |"
            + " fixed bar 0.1 | 0.25 |");
    lines.add("|---|---|---|---|---|---|---|---|");
    for (double shift : SHIFTS) {
      Rates[] measured = rates(SHIFTED_SIZES);
      Rates[] independent = rates(SHIFTED_SIZES);
      simulate(Streams.NORMAL, SHIFTED_SIZES, shift, measured, independent);
      for (int i = 0; i < SHIFTED_SIZES.length; i++) {
        lines.add(detectionRow(shift, SHIFTED_SIZES[i], measured[i], independent[i]));
        targets.drift(shift, SHIFTED_SIZES[i], measured[i], independent[i]);
      }
    }
  }

  private long secondsSinceStart() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
  }

  private Rates[] rates(int[] sizes) {
    Rates[] rates = new Rates[sizes.length];
    Arrays.setAll(rates, i -> new Rates(quantiles));
    return rates;
  }

  /**
   * Judges each window twice: by the dispersion that the baseline's chunks show, and as if its rows
   * were known to be independent.
   */
  private void simulate(
      Streams.Stream stream, int[] sizes, double shift, Rates[] measured, Rates[] independent) {
    System.err.printf(
        Locale.ROOT,
        "%d of %d, after %d s: %s, shift %s%n",
        ++simulations,
        Streams.ALL.length + SHIFTS.length,
        secondsSinceStart(),
        stream.name(),
        shift);
    SplittableRandom random = new SplittableRandom(stream.name().hashCode());
    for (int run = 0; run < baselines; run++) {
      SimulatedColumn column =
          new SimulatedColumn(stream, stream.start(random.split(), 0), BASELINE_ROWS);
      for (int i = 0; i < sizes.length; i++) {
        for (int window = 0; window < windowsOf(sizes[i]); window++) {
          BinnedCounts counts = column.window(stream.start(random.split(), shift), sizes[i]);
          measured[i].add(column.reference(), counts);
          independent[i].add(column.withoutChunks(), counts);
        }
      }
    }
  }

  /** Short windows are cheap, and their rates need more of them. */
  private static int windowsOf(int size) {
    return size <= 1_000 ? 5 : 1;
  }

  private static String falseAlarmRow(Streams.Stream stream, int size, Rates rates) {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %s | %s | %s | %s | %s | %s | %s | %s |",
        stream.name(),
        size,
        percent(rates.judged, rates.windows),
        percent(rates.warning, rates.judged),
        percent(rates.drifted, rates.judged),
        percent(rates.zeroTolerance(Measure.PSI), rates.judged),
        stream.categorical() ? "–" : percent(rates.zeroTolerance(Measure.KS), rates.judged),
        stream.categorical()
            ? "–"
            : percent(rates.zeroTolerance(Measure.WASSERSTEIN), rates.judged),
        percent(rates.fixedModerate, rates.windows),
        percent(rates.fixedLarge, rates.windows));
  }

  private static String detectionRow(double shift, int size, Rates measured, Rates independent) {
    return String.format(
        Locale.ROOT,
        "| %.1f | %,d | %s | %s | %s | %s | %s | %s |",
        shift,
        size,
        percent(measured.warning, measured.windows),
        percent(measured.drifted, measured.windows),
        percent(independent.warning, independent.windows),
        percent(independent.drifted, independent.windows),
        percent(measured.fixedModerate, measured.windows),
        percent(measured.fixedLarge, measured.windows));
  }

  static String percent(long count, long of) {
    if (of == 0) {
      return "–";
    }
    double percent = 100.0 * count / of;
    return count == 0 || count == of || percent >= 10
        ? String.format(Locale.ROOT, "%.0f", percent)
        : String.format(Locale.ROOT, "%.2f", percent);
  }

  private static void writeInto(Path file, String tables) throws IOException {
    String page = Files.readString(file);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(file + " has no lines " + BEGIN + " and " + END);
    }
    Files.writeString(
        file,
        page.substring(0, begin + BEGIN.length()) + "\n\n" + tables + "\n\n" + page.substring(end));
  }
}
