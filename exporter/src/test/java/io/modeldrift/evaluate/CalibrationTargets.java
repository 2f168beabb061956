package io.modeldrift.evaluate;

import io.modeldrift.statistics.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the verdict promises, and the worst that the simulation found. */
final class CalibrationTargets {

  private final Target independent =
      new Target("false alarms, independent rows, default tolerances", 0.1, false);
  private final Target dependent =
      new Target("false alarms, AR(1) with ρ up to 0.9, default tolerances", 3, false);
  private final Target zeroIndependent =
      new Target("false alarms, independent rows, zero tolerance", 2, false);
  private final Target zeroDependent =
      new Target("false alarms, AR(1) with ρ up to 0.9, zero tolerance", 3, false);
  private final Target smallShift = new Target("0.3 σ shift, 1,000 rows: warning", 95, true);
  private final Target halfShift = new Target("0.5 σ shift, 500 rows: drifted", 90, true);
  private final Target clearShift = new Target("0.5 σ shift, 1,000 rows: drifted", 99, true);

  /** Shares of all windows: one that is not judged raises no alarm. */
  void noDrift(Streams.Stream stream, int size, Rates rates) {
    String where = String.format(Locale.ROOT, "%s, %,d rows", stream.name(), size);
    if (stream.isIndependent()) {
      independent.add(rates.warning, rates.windows, where);
      zeroIndependent.add(rates.zeroTolerance(Measure.PSI), rates.windows, where);
    } else if (stream.correlation() <= 0.9 && !stream.categorical()) {
      dependent.add(rates.warning, rates.windows, where);
      zeroDependent.add(rates.zeroTolerance(Measure.PSI), rates.windows, where);
    }
  }

  /** Power is promised for rows known to be independent; measuring that costs a little of it. */
  void drift(double shift, int size, Rates measured, Rates independent) {
    if (shift == 0.3 && size == 1_000) {
      add(smallShift, measured.warning, independent.warning, measured.windows);
    }
    if (shift == 0.5 && size == 500) {
      add(halfShift, measured.drifted, independent.drifted, measured.windows);
    }
    if (shift == 0.5 && size == 1_000) {
      add(clearShift, measured.drifted, independent.drifted, measured.windows);
    }
  }

  private static void add(Target target, long measured, long independent, long windows) {
    String alsoMeasured =
        "normal; with measured dispersion " + Calibration.percent(measured, windows);
    target.add(independent, windows, alsoMeasured);
  }

  boolean allReached() {
    return all().stream().allMatch(Target::isReached);
  }

  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("**Targets and the worst that was found, in per cent**");
    lines.add("");
    lines.add("| what | target | found | where | |");
    lines.add("|---|---|---|---|---|");
    all().forEach(target -> lines.add(target.row()));
    return lines;
  }

  private List<Target> all() {
    return List.of(
        independent, dependent, zeroIndependent, zeroDependent, smallShift, halfShift, clearShift);
  }

  private static final class Target {

    private final String name;
    private final double bound;
    private final boolean atLeast;
    private double worst = Double.NaN;
    private String where = "";

    Target(String name, double bound, boolean atLeast) {
      this.name = name;
      this.bound = bound;
      this.atLeast = atLeast;
    }

    void add(long count, long of, String place) {
      double percent = 100.0 * count / of;
      if (Double.isNaN(worst) || (atLeast ? percent < worst : percent > worst)) {
        worst = percent;
        where = place;
      }
    }

    boolean isReached() {
      return atLeast ? worst >= bound : worst <= bound;
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "| %s | %s %s | %.2f | %s | %s |",
          name,
          atLeast ? "≥" : "≤",
          bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound),
          worst,
          where,
          isReached() ? "reached" : "**missed**");
    }
  }
}
