package io.modeldrift.bench;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks that the arguments of JMH select, and prints each next to its baseline.
 *
 * <p>Ratios and allocations of one run hold on any machine; scores only on an idle one, so the load
 * is printed too.
 */
public final class BenchmarkTable {

  private static final String ROW = "%-68s %12s %-9s %-16s %7s %7s %10s%n";

  private BenchmarkTable() {}

  public static void main(String[] args) throws Exception {
    Options options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(words(args)))
            .addProfiler(GCProfiler.class)
            .build();
    double loadBefore = load();
    Collection<RunResult> results = new Runner(options).run();
    System.out.printf(
        Locale.ROOT,
        "%nJava %s, %d processors, load average %.1f before and %.1f after%n%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        loadBefore,
        load());
    System.out.printf(ROW, "benchmark", "score", "unit", "baseline", "ratio", "target", "B/op");
    for (RunResult result : results) {
      print(result, results);
    }
  }

  /** The build passes all options as one argument. */
  private static String[] words(String[] args) {
    return Arrays.stream(args)
        .flatMap(arg -> Arrays.stream(arg.split(" ")))
        .filter(word -> !word.isEmpty())
        .toArray(String[]::new);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static void print(RunResult result, Collection<RunResult> all) throws Exception {
    Optional<Against> against = against(result.getParams());
    Result<?> primary = result.getPrimaryResult();
    System.out.printf(
        Locale.ROOT,
        ROW,
        name(result.getParams()),
        String.format(Locale.ROOT, "%.4g", primary.getScore()),
        primary.getScoreUnit(),
        against.map(Against::value).orElse(""),
        against.map(a -> ratio(result, baseline(result.getParams(), a, all))).orElse(""),
        against.filter(a -> a.target() > 0).map(a -> percent(a.target())).orElse(""),
        allocated(result));
  }

  private static String ratio(RunResult result, Optional<RunResult> baseline) {
    if (baseline.isEmpty()) {
      return "not run";
    }
    double own = result.getPrimaryResult().getScore();
    double other = baseline.get().getPrimaryResult().getScore();
    boolean rate = result.getPrimaryResult().getScoreUnit().startsWith("ops");
    return percent(rate ? own / other : other / own);
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * ratio);
  }

  private static Optional<RunResult> baseline(
      BenchmarkParams of, Against against, Collection<RunResult> all) {
    String method = of.getBenchmark().replaceFirst("[^.]+$", against.value());
    return all.stream()
        .filter(other -> other.getParams().getBenchmark().equals(method))
        .filter(other -> parameters(other.getParams()).equals(parameters(of)))
        .findFirst();
  }

  private static Optional<Against> against(BenchmarkParams params) throws Exception {
    int dot = params.getBenchmark().lastIndexOf('.');
    Class<?> benchmark = Class.forName(params.getBenchmark().substring(0, dot));
    String method = params.getBenchmark().substring(dot + 1);
    return Arrays.stream(benchmark.getMethods())
        .filter(candidate -> candidate.getName().equals(method))
        .flatMap((Method found) -> Stream.ofNullable(found.getAnnotation(Against.class)))
        .findFirst();
  }

  private static String name(BenchmarkParams params) {
    String[] parts = params.getBenchmark().split("\\.");
    return parts[parts.length - 2] + "." + parts[parts.length - 1] + parameters(params);
  }

  private static String parameters(BenchmarkParams params) {
    return params.getParamsKeys().stream()
        .map(params::getParam)
        .collect(Collectors.joining(" ", " ", ""));
  }

  private static String allocated(RunResult result) {
    return result.getSecondaryResults().values().stream()
        .filter(secondary -> secondary.getLabel().endsWith("gc.alloc.rate.norm"))
        .map(secondary -> String.format(Locale.ROOT, "%.2f", secondary.getScore()))
        .findFirst()
        .orElse("");
  }
}
