package io.modeldrift.observe;

import io.modeldrift.inference.ModelKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one half of an inference. */
public sealed interface PairingResult {

  /** Returns whether the rows of the half are to be counted. */
  default boolean isNew() {
    return true;
  }

  /** Nothing can pair it: it has no id, or is a pair already. */
  record Alone() implements PairingResult {}

  /** It waits for its other half. */
  record Waiting() implements PairingResult {}

  /**
   * It came a second time.
   *
   * @param redelivered whether it is the same event again, whose rows are counted already; if not,
   *     another event uses the same id, and its rows count
   */
  record Duplicate(boolean redelivered) implements PairingResult {
    @Override
    public boolean isNew() {
      return !redelivered;
    }
  }

  /**
   * Its other half was there.
   *
   * @param requestModel the model that the request was counted for
   * @param latency from request to response, negative if that lies before it; null if the transport
   *     gives no times
   * @param joined whether the joint batch was filled with the rows of both halves
   */
  record Paired(ModelKey requestModel, @Nullable Duration latency, boolean joined)
      implements PairingResult {}
}
