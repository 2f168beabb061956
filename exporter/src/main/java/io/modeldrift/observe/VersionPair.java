package io.modeldrift.observe;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.statistics.Agreement;
import io.modeldrift.statistics.SequentialPlan;
import java.time.Duration;

/**
 * Two versions that are compared, and how.
 *
 * @param champion the version in charge
 * @param challenger the other one: a canary, a shadow, a smaller copy
 * @param agreement when their outputs for one request count as the same
 * @param plan what is fixed beforehand about the difference of their performance
 * @param patience how long an output waits for that of the other version
 * @param maxWaiting how many outputs wait at most
 */
public record VersionPair(
    ModelKey champion,
    ModelKey challenger,
    Agreement agreement,
    SequentialPlan plan,
    Duration patience,
    int maxWaiting) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a version would be compared with itself, or nothing could
   *     wait
   */
  public VersionPair {
    if (champion.equals(challenger)) {
      throw new IllegalArgumentException("a version cannot be compared with itself");
    }
    if (patience.isNegative() || patience.isZero() || maxWaiting < 1) {
      throw new IllegalArgumentException("outputs must be able to wait");
    }
  }
}
