package io.modeldrift.evaluate;

import io.modeldrift.inference.Role;
import io.modeldrift.observe.AttributionSnapshot;
import io.modeldrift.observe.AttributionSums;
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.AttributionDrift;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the attributions of one window have moved from the importance of the inputs.
 *
 * @param window which window
 * @param rows attributed rows in the window
 * @param drift the numbers
 */
public record AttributionReport(Window window, long rows, AttributionDrift drift) {

  /**
   * Compares the windows with enough rows with the importance that configuration or baseline give
   * the inputs. Nothing if all have the same: then nobody has said which ones matter.
   */
  public static List<AttributionReport> of(
      ModelReport.Compared model, AttributionSnapshot attributions) {
    Map<String, Double> importance = importance(model);
    if (importance.values().stream().distinct().count() < 2) {
      return List.of();
    }
    List<AttributionReport> reports = new ArrayList<>();
    for (AttributionSnapshot.InWindow window : attributions.windows()) {
      AttributionSums sums = window.sums();
      if (sums.rows() >= AttributionDrift.FEWEST_ROWS) {
        reports.add(
            new AttributionReport(
                window.window(), sums.rows(), AttributionDrift.of(importance, means(sums))));
      }
    }
    return reports;
  }

  private static Map<String, Double> importance(ModelReport.Compared model) {
    Map<String, Double> importance = new HashMap<>();
    for (ColumnReference reference : model.columns()) {
      if (reference.column().role() == Role.INPUT) {
        importance.put(reference.column().name(), reference.importance());
      }
    }
    return importance;
  }

  private static Map<String, Double> means(AttributionSums sums) {
    Map<String, Double> means = new HashMap<>();
    sums.counts().keySet().forEach(input -> means.put(input, sums.mean(input)));
    return means;
  }
}
