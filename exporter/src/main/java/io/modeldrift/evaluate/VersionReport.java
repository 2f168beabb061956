package io.modeldrift.evaluate;

import io.modeldrift.observe.VersionPair;
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.PairedOutcomes;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.statistics.SequentialDifference;
import java.util.List;
import java.util.Map;

/**
 * How far the outputs of a challenger lie from those of the version in charge.
 *
 * @param pair which versions
 * @param windows one entry a window; none while the champion has no baseline
 * @param paired outcomes of requests that both have answered, the champion first
 * @param performance accuracy or mean absolute error of the champion less that of the challenger,
 *     since the start; empty until enough outcomes of both are known
 */
public record VersionReport(
    VersionPair pair,
    List<InWindow> windows,
    PairedOutcomes paired,
    Map<PerformanceMetric, SequentialDifference> performance) {

  /** Copies list and map. */
  public VersionReport {
    windows = List.copyOf(windows);
    performance = Map.copyOf(performance);
  }

  /** What one window shows. */
  public record InWindow(Window window, List<Output> outputs) {

    /** Copies the list. */
    public InWindow {
      outputs = List.copyOf(outputs);
    }
  }

  /** One output in one window. */
  public record Output(String name, ColumnVerdict verdict) {}
}
