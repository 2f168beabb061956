package io.modeldrift.evaluate;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.ModelKey;
import java.util.List;
import java.util.Optional;

/** What one evaluation found out about one model version. */
public sealed interface ModelReport {

  ModelKey model();

  /**
   * There is no baseline yet.
   *
   * @param learned rows learned so far
   * @param target rows from which the baseline is made
   */
  record Learning(ModelKey model, long learned, long target) implements ModelReport {}

  /**
   * The windows were compared with a baseline.
   *
   * @param baseline what they were compared with
   * @param columns what belongs to the baseline's columns, in their order
   * @param windows one report a window
   */
  record Compared(
      ModelKey model, Baseline baseline, List<ColumnReference> columns, List<WindowReport> windows)
      implements ModelReport {

    /** Copies the lists. */
    public Compared {
      columns = List.copyOf(columns);
      windows = List.copyOf(windows);
    }

    /** Returns the window of this name, for example {@code 1h}. */
    public Optional<WindowReport> window(String name) {
      return windows.stream().filter(report -> report.window().name().equals(name)).findFirst();
    }
  }
}
