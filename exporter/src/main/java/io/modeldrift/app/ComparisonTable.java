package io.modeldrift.app;

import io.modeldrift.distribution.BinLayout;
import io.modeldrift.evaluate.ColumnReport;
import io.modeldrift.evaluate.ColumnVerdict;
import io.modeldrift.statistics.BinnedPair;
import io.modeldrift.statistics.Contribution;
import io.modeldrift.statistics.Measure;
import java.io.PrintWriter;
import java.util.List;

/** Prints a comparison for a person. */
final class ComparisonTable {

  private final PrintWriter out;

  ComparisonTable(PrintWriter out) {
    this.out = out;
  }

  void print(Comparison comparison, List<ChosenRecipe> recipes, List<String> messages) {
    new ReportPrinter(out).print(comparison.report());
    for (ColumnReport column : comparison.window().columns()) {
      printMoves(column);
      recipes.forEach(recipe -> printRecipe(column, recipe));
    }
    messages.forEach(message -> out.println("note: " + message));
    out.println("worst state: " + comparison.worst().label());
  }

  private void printMoves(ColumnReport column) {
    if (column.verdict() instanceof ColumnVerdict.Scored scored
        && !scored.contributions().isEmpty()) {
      out.printf("%s moved most in:%n", column.name());
      for (Contribution part : scored.contributions()) {
        out.printf(
            "  %-28s %6.2f %% -> %6.2f %%%n",
            binName(column.reference().column().layout(), part.bin()),
            100 * column.reference().column().counts().share(part.bin()),
            100 * column.current().share(part.bin()));
      }
    }
  }

  private void printRecipe(ColumnReport column, ChosenRecipe recipe) {
    BinnedPair pair = pair(column);
    for (Measure measure : Measure.values()) {
      if (recipe.appliesTo(measure)
          && (column.reference().column().isNumeric() || !measure.needsOrder())) {
        recipe
            .score(measure, pair)
            .asOptional()
            .ifPresent(
                score ->
                    out.printf(
                        "  %-28s %s as %s computes it: %.4f%n",
                        column.name(), measure.label(), recipe.label(), score));
      }
    }
  }

  /** Returns what measures and recipes read. */
  static BinnedPair pair(ColumnReport column) {
    return BinnedPair.ordered(
        column.reference().column().counts(),
        column.current(),
        column.reference().column().layout().valueBins(),
        column.reference().column().standardDeviation());
  }

  private static String binName(BinLayout layout, int bin) {
    return BaselinePicture.label(layout, bin);
  }
}
