package io.modeldrift.app;

import io.modeldrift.evaluate.ColumnReport;
import io.modeldrift.evaluate.ColumnVerdict;
import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.MeasureScore;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.evaluate.WindowReport;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** Prints a drift report as a table for a terminal: the longest window, worst columns first. */
final class ReportPrinter {

  private static final String LINE = "  %-28s %-8s %10s %-14s %9s %9s %9s  %s%n";

  private final PrintWriter out;

  ReportPrinter(PrintWriter out) {
    this.out = out;
  }

  void print(DriftReport report) {
    for (ModelReport model : report.models()) {
      out.println();
      if (model instanceof ModelReport.Learning learning) {
        out.printf(
            "%s: %,d of %,d rows learned, no baseline yet%n",
            learning.model(), learning.learned(), learning.target());
      } else if (model instanceof ModelReport.Compared compared) {
        print(compared);
      }
    }
    out.flush();
  }

  private void print(ModelReport.Compared model) {
    WindowReport window =
        model.windows().stream()
            .max(Comparator.comparing(candidate -> candidate.window().span()))
            .orElseThrow();
    out.printf(
        "%s: %,d rows against %,d of the baseline %s%n",
        model.model(), window.rows(), model.baseline().rows(), model.baseline().id());
    out.printf(LINE, "column", "role", "rows", "measure", "score", "warning", "drifted", "state");
    List<ColumnReport> worstFirst =
        window.columns().stream()
            .sorted(Comparator.comparingDouble(ReportPrinter::score).reversed())
            .toList();
    worstFirst.forEach(this::print);
  }

  private void print(ColumnReport column) {
    if (column.verdict() instanceof ColumnVerdict.Scored scored) {
      String name = column.name();
      for (MeasureScore score : scored.scores()) {
        out.printf(
            LINE,
            name,
            column.role().label(),
            String.format("%,d", column.rows()),
            score.measure().label(),
            String.format("%.4f", score.driftScore()),
            number(score.warningThreshold()),
            number(score.driftedThreshold()),
            score.measure() == scored.verdict().measure() ? scored.level().label() : "");
        name = "";
      }
    } else if (column.verdict() instanceof ColumnVerdict.Insufficient insufficient) {
      out.printf(
          LINE,
          column.name(),
          column.role().label(),
          String.format("%,d", column.rows()),
          "-",
          "-",
          "-",
          "-",
          "insufficient: " + insufficient.reason().label());
    }
  }

  private static double score(ColumnReport column) {
    return column.verdict() instanceof ColumnVerdict.Scored scored
        ? scored.verdict().driftScore()
        : -1;
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format("%.4f", value.getAsDouble()) : "-";
  }
}
