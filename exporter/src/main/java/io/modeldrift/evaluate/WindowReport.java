package io.modeldrift.evaluate;

import io.modeldrift.inference.Role;
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.DriftState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One window of one model version.
 *
 * @param window which window
 * @param covered how much of its span lies after the start of counting
 * @param rows inferences in the window
 * @param state of the model: the worst of its families
 * @param columns in the order of the baseline's columns
 * @param families one for each role that has columns
 * @param past the latest comparisons with earlier traffic, where they are configured
 */
public record WindowReport(
    Window window,
    Duration covered,
    long rows,
    DriftState state,
    List<ColumnReport> columns,
    List<FamilyReport> families,
    List<PastReport> past) {

  /** Copies the lists. */
  public WindowReport {
    columns = List.copyOf(columns);
    families = List.copyOf(families);
    past = List.copyOf(past);
  }

  /** Returns the family of a role, if there are such columns. */
  public Optional<FamilyReport> family(Role role) {
    return families.stream().filter(family -> family.role() == role).findFirst();
  }

  /** Returns a column, if the baseline has it. */
  public Optional<ColumnReport> column(Role role, String name) {
    return columns.stream()
        .filter(column -> column.role() == role && column.name().equals(name))
        .findFirst();
  }
}
