package io.modeldrift.baseline;

import io.modeldrift.inference.PositionalNames;
import io.modeldrift.inference.Role;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns of a source take part, and as what.
 *
 * <p>Columns named {@code prediction} or {@code prediction_…}, as live traffic calls its outputs,
 * are outputs unless something else is said.
 *
 * @param inputs columns that are inputs whatever their name
 * @param outputs columns that are outputs
 * @param excluded columns that are left out: ids, dates, the label
 */
public record ColumnChoice(Set<String> inputs, Set<String> outputs, Set<String> excluded) {

  private static final ColumnChoice DEFAULT = new ColumnChoice(Set.of(), Set.of(), Set.of());

  /** Copies the sets. */
  public ColumnChoice {
    inputs = Set.copyOf(inputs);
    outputs = Set.copyOf(outputs);
    excluded = Set.copyOf(excluded);
  }

  /** Returns the choice that takes every column and finds outputs by their name. */
  public static ColumnChoice withDefaults() {
    return DEFAULT;
  }

  /** Returns the role of a column; empty if it is left out. */
  public Optional<Role> roleOf(String column) {
    if (excluded.contains(column)) {
      return Optional.empty();
    }
    if (outputs.contains(column)) {
      return Optional.of(Role.OUTPUT);
    }
    boolean output = !inputs.contains(column) && soundsLikeOutput(column);
    return Optional.of(output ? Role.OUTPUT : Role.INPUT);
  }

  /**
   * Returns this choice, with the roles that columns have in a baseline where nothing else is said,
   * so that rows are read as those of the baseline were.
   */
  public ColumnChoice orRolesOf(Baseline baseline) {
    Set<String> moreInputs = new HashSet<>(inputs);
    Set<String> moreOutputs = new HashSet<>(outputs);
    for (BaselineColumn column : baseline.columns()) {
      Role role = column.role();
      Role other = role == Role.INPUT ? Role.OUTPUT : Role.INPUT;
      boolean twice = baseline.column(other, column.name()).isPresent();
      if (role != Role.DERIVED && !twice && !says(column.name())) {
        (role == Role.INPUT ? moreInputs : moreOutputs).add(column.name());
      }
    }
    return new ColumnChoice(moreInputs, moreOutputs, excluded);
  }

  /** Returns whether something was said about a column. */
  boolean says(String column) {
    return inputs.contains(column) || outputs.contains(column) || excluded.contains(column);
  }

  /** Returns whether nothing was said about any column. */
  boolean isDefault() {
    return equals(DEFAULT);
  }

  private static boolean soundsLikeOutput(String column) {
    return column.equals(PositionalNames.PREDICTION)
        || column.startsWith(PositionalNames.PREDICTION + "_");
  }
}
