package io.modeldrift.evaluate;

import io.modeldrift.inference.ModelKey;
import java.util.Map;

/**
 * Whether a model version should be trained again.
 *
 * @param model which version
 * @param reasons whether each reason applies; reasons about which nothing is known are left out
 */
public record RetrainingAdvice(ModelKey model, Map<RetrainingReason, Boolean> reasons) {

  /** Copies the map. */
  public RetrainingAdvice {
    reasons = Map.copyOf(reasons);
  }
}
