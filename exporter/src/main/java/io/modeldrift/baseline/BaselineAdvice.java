package io.modeldrift.baseline;

import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.inference.NumberText;
import io.modeldrift.inference.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells a person where a baseline is not what seems to be meant. */
public final class BaselineAdvice {

  private static final long FEWEST_ROWS = 100;
  private static final double MOST = 0.5;

  private BaselineAdvice() {}

  /**
   * Returns what a baseline that was made elsewhere lacks of what is configured: derived columns,
   * which only the making of a baseline can add.
   *
   * @param settings how a baseline of this model would be made
   * @return one sentence with the columns' names and what to do; empty if nothing is lacking
   */
  public static Optional<String> onLoaded(Baseline baseline, BaselineSettings settings) {
    List<String> lacking = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (Map.Entry<String, ColumnSettings> column : new TreeMap<>(settings.columns()).entrySet()) {
      List<String> kinds = new ArrayList<>();
      for (DerivedKind kind : column.getValue().derive()) {
        if (baseline.column(Role.DERIVED, kind.of(column.getKey())).isEmpty()) {
          lacking.add(kind.of(column.getKey()));
          kinds.add(kind.label());
        }
      }
      if (!kinds.isEmpty()) {
        options.add("--derive " + column.getKey() + "=" + String.join(":", kinds));
      }
    }
    String reconstruction = DerivedKind.RECONSTRUCTION_ERROR.label();
    if (settings.reconstruction() && baseline.column(Role.DERIVED, reconstruction).isEmpty()) {
      lacking.add(reconstruction);
      options.add("--reconstruction-error");
    }
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "its baseline lacks the configured "
                + String.join(", ", lacking)
                + ", so that nothing is compared there; build the baseline with "
                + String.join(" ", options)
                + ", or configure nothing to derive");
  }

  /** Returns which columns of a new baseline look as if something else was meant. */
  static List<String> on(Baseline baseline, BaselineSettings settings) {
    List<String> advice = new ArrayList<>();
    settings.columns().forEach((name, said) -> onDerived(baseline, name, said, advice));
    for (BaselineColumn column : baseline.columns()) {
      if (column.layout() instanceof CategoricalLayout layout
          && column.counts().total() >= FEWEST_ROWS
          && settings.column(column.name()).type() == null) {
        onCategories(column, layout, advice);
      }
    }
    return advice;
  }

  private static void onDerived(
      Baseline baseline, String name, ColumnSettings said, List<String> advice) {
    for (DerivedKind kind : said.derive()) {
      if (baseline.column(Role.DERIVED, kind.of(name)).isEmpty()) {
        advice.add(
            "column "
                + name
                + ": there is nothing to derive "
                + kind.label()
                + " from; it takes "
                + (kind.ofVector() ? "numeric inputs " + name + "_0, " + name + "_1 …" : "an input")
                + ", and no --like");
      }
    }
  }

  private static void onCategories(
      BaselineColumn column, CategoricalLayout layout, List<String> advice) {
    double rows = column.counts().total();
    if (column.counts().count(layout.unseen()) > MOST * rows) {
      advice.add(
          "column "
              + column.name()
              + ": most of its values occur only once; if it is an identifier or a time, exclude"
              + " it");
    } else if (numbers(column, layout) > MOST * rows) {
      advice.add(
          "column "
              + column.name()
              + ": is categorical, because not all of its values are numbers; declare it numeric to"
              + " count the others as invalid");
    }
  }

  private static long numbers(BaselineColumn column, CategoricalLayout layout) {
    NumberText numberText = new NumberText();
    long rows = 0;
    for (int bin = 0; bin < layout.other(); bin++) {
      char[] category = layout.categories().get(bin).toCharArray();
      rows += numberText.parse(category, 0, category.length) ? column.counts().count(bin) : 0;
    }
    return rows;
  }
}
