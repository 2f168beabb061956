package io.modeldrift.truth;

import io.modeldrift.statistics.Result;
import java.time.Instant;
import java.util.Optional;

/**
 * What one detector has found in the stream of a model's errors.
 *
 * @param state what it says now
 * @param detections changes found since the start
 * @param last when the last change was found
 * @param estimate mean loss since then: the error rate, or the mean absolute error, which is scaled
 *     to the 99th percentile of the baseline's errors, or of the first ones, where the detector
 *     needs losses in [0, 1]
 */
public record DetectorReading(
    DetectorSettings.Kind detector,
    State state,
    long detections,
    Optional<Instant> last,
    Result estimate) {

  /** What a detector says about the present. */
  public enum State {
    /** It still learns how the errors are spread. */
    LEARNING,
    /** Nothing has changed lately. */
    STABLE,
    /** A change may be under way. */
    WARNING,
    /** A change was found within the last {@value Detector#AFTERMATH_ROWS} outcomes. */
    DRIFTED
  }
}
