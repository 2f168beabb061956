package io.modeldrift.observe;

import io.modeldrift.inference.ModelKey;
import java.util.List;

/**
 * The attributions of one model version at one moment.
 *
 * @param total since the start
 * @param windows one entry a window
 */
public record AttributionSnapshot(ModelKey model, AttributionSums total, List<InWindow> windows) {

  /** Copies the list. */
  public AttributionSnapshot {
    windows = List.copyOf(windows);
  }

  /** What one window holds. */
  public record InWindow(Window window, AttributionSums sums) {}
}
