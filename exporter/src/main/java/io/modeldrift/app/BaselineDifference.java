package io.modeldrift.app;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.statistics.BinnedPair;
import io.modeldrift.statistics.Measure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Prints what is different in a new baseline, a line a column. */
final class BaselineDifference {

  private final PrintWriter out;

  BaselineDifference(PrintWriter out) {
    this.out = out;
  }

  void print(Baseline before, Baseline after) {
    if (before.id().equals(after.id())) {
      out.printf("equal: %,d rows, id %s%n", before.rows(), before.id());
      out.flush();
      return;
    }
    out.printf(
        "id %s -> %s, rows %,d -> %,d%n", before.id(), after.id(), before.rows(), after.rows());
    for (BaselineColumn column : before.columns()) {
      Optional<BaselineColumn> same = after.column(column.role(), column.name());
      out.printf(
          "  %-28s %s%n",
          column.name(), same.map(other -> difference(column, other)).orElse("removed"));
    }
    for (BaselineColumn column : after.columns()) {
      if (before.column(column.role(), column.name()).isEmpty()) {
        out.printf("  %-28s added%n", column.name());
      }
    }
    out.flush();
  }

  private static String difference(BaselineColumn before, BaselineColumn after) {
    if (before.equals(after)) {
      return "equal";
    }
    if (before.isNumeric() != after.isNumeric()) {
      return before.isNumeric() ? "numeric -> categorical" : "categorical -> numeric";
    }
    List<String> parts = new ArrayList<>();
    parts.add(bins(before, after));
    if (before.isNumeric()) {
      parts.add("mean %.4g -> %.4g".formatted(before.mean(), after.mean()));
      parts.add(
          "standard deviation %.4g -> %.4g"
              .formatted(before.standardDeviation(), after.standardDeviation()));
    }
    parts.add("missing %s -> %s".formatted(missing(before), missing(after)));
    if (before.importance() != after.importance()) {
      parts.add("importance %s -> %s".formatted(before.importance(), after.importance()));
    }
    return String.join(", ", parts);
  }

  private static String bins(BaselineColumn before, BaselineColumn after) {
    if (before.layout().hash().equals(after.layout().hash())) {
      OptionalDouble psi =
          Measure.PSI.score(BinnedPair.unordered(before.counts(), after.counts())).asOptional();
      return psi.isPresent() ? "same bins, psi %.4f".formatted(psi.getAsDouble()) : "same bins";
    }
    if (before.layout() instanceof CategoricalLayout old
        && after.layout() instanceof CategoricalLayout current) {
      return "categories: %d new, %d gone".formatted(notIn(current, old), notIn(old, current));
    }
    return "other edges: %d -> %d intervals"
        .formatted(
            ((NumericLayout) before.layout()).intervals(),
            ((NumericLayout) after.layout()).intervals());
  }

  private static long notIn(CategoricalLayout some, CategoricalLayout others) {
    return some.categories().stream()
        .filter(category -> !others.categories().contains(category))
        .count();
  }

  private static String missing(BaselineColumn column) {
    return "%.2f %%".formatted(100 * column.counts().share(column.layout().missing()));
  }
}
