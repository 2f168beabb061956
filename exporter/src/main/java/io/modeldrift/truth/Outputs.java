package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a baseline shows of the outputs of its model. */
record Outputs(List<BaselineColumn> columns) {

  private static final List<Set<String>> TWO_CLASSES =
      List.of(Set.of("0", "1"), Set.of("true", "false"));

  static Outputs of(@Nullable Baseline baseline) {
    return new Outputs(
        baseline == null
            ? List.of()
            : baseline.columns().stream().filter(c -> c.role() == Role.OUTPUT).toList());
  }

  /** Returns what the model predicts if the baseline leaves no doubt, else null. */
  @Nullable OutputKind kind(OutputSettings settings) {
    if (!settings.positive().isEmpty()) {
      return OutputKind.BINARY;
    }
    Optional<BaselineColumn> decision = decision(settings);
    if (decision.isPresent()) {
      List<String> categories = ((CategoricalLayout) decision.get().layout()).categories();
      return TWO_CLASSES.contains(Set.copyOf(categories))
          ? OutputKind.BINARY
          : OutputKind.MULTICLASS;
    }
    return number(settings).filter(Outputs::isNoProbability).isPresent()
        ? OutputKind.REGRESSION
        : null;
  }

  /** Returns the names of the classes, most frequent first; nothing if no column has any. */
  Optional<List<String>> classes(OutputSettings settings) {
    return decision(settings)
        .map(
            column -> {
              List<String> names = ((CategoricalLayout) column.layout()).categories();
              return IntStream.range(0, names.size())
                  .boxed()
                  .sorted(
                      (a, b) -> Long.compare(column.counts().count(b), column.counts().count(a)))
                  .map(names::get)
                  .toList();
            });
  }

  /** Returns the mean of the predicted numbers; 0 if it is not known. */
  double mean(OutputSettings settings) {
    return number(settings).map(BaselineColumn::mean).orElse(0.0);
  }

  private static boolean isNoProbability(BaselineColumn column) {
    NumericLayout layout = (NumericLayout) column.layout();
    return layout.intervals() > 0 && (layout.lower(1) < 0 || layout.max() > 1);
  }

  private Optional<BaselineColumn> decision(OutputSettings settings) {
    return only(settings.decision(), false);
  }

  private Optional<BaselineColumn> number(OutputSettings settings) {
    return only(settings.score(), true);
  }

  /** Returns the column of this name, or the only one of its type if no name is given. */
  private Optional<BaselineColumn> only(String name, boolean numeric) {
    List<BaselineColumn> found =
        columns.stream()
            .filter(column -> column.isNumeric() == numeric)
            .filter(column -> name.isEmpty() || column.name().equals(name))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }
}
