package io.modeldrift.truth;

import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that somebody is asked to look at.
 *
 * @param number of the review, unique for the exporter
 * @param model whose answer it is
 * @param inferenceId empty if traffic gave none
 * @param row which row of the inference
 * @param time of the inference, by its sender's clock
 * @param arrival since when it waits, by this one's
 * @param cause why this row
 * @param score what the model scored; NaN if it did not
 * @param decision what the model decided; null if that follows from the score
 * @param columns the inputs that are configured to be shown, as text, in order
 */
public record Review(
    long number,
    ModelKey model,
    String inferenceId,
    int row,
    Instant time,
    Instant arrival,
    ReviewCause cause,
    double score,
    @Nullable Value decision,
    Map<String, String> columns) {

  /** Copies the columns. */
  public Review {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** Returns what the model said. */
  Prediction prediction() {
    return new Prediction(score, decision);
  }

  /** Returns the ground truth that follows: joined by its id, or with the prediction beside it. */
  GroundTruth truth(Value outcome) {
    Map<String, Value> beside = new LinkedHashMap<>();
    if (inferenceId.isEmpty()) {
      if (!Double.isNaN(score)) {
        beside.put(GroundTruth.SCORE, new Value.Numeric(score));
      }
      if (decision != null) {
        beside.put(GroundTruth.LABEL, decision);
      }
    }
    return new GroundTruth(
        model.name(),
        model.version(),
        inferenceId.isEmpty() ? List.of() : List.of(inferenceId),
        row,
        outcome,
        beside,
        Map.of());
  }

  /**
   * A row that was looked at.
   *
   * @param review what was asked
   * @param outcome what was answered
   * @param value what it should have been; null unless overridden
   * @param reviewer who answered, as far as that was said
   * @param decided when
   */
  public record Decided(
      Review review,
      ReviewOutcome outcome,
      @Nullable Value value,
      String reviewer,
      Instant decided) {}
}
