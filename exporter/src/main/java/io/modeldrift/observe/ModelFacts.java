package io.modeldrift.observe;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.SchemaProblem;
import java.time.Instant;
import java.util.Map;

/**
 * What is known about a model version whether or not it has a baseline.
 *
 * @param rows inferences observed since the start: rows of requests, or of requests and responses
 *     together; where only a sample is observed, an estimate of all
 * @param lastSeen when the newest payload was observed; the epoch if there was none
 * @param payloads payloads with at least one row of this model, by the label of their protocol
 * @param latency from request to response, of the inferences whose halves were paired and timed
 * @param schemaProblems rows or payloads with each problem, zeros included
 */
public record ModelFacts(
    ModelKey model,
    long rows,
    Instant lastSeen,
    Map<String, Long> payloads,
    LatencyCounts latency,
    Map<SchemaProblem, Long> schemaProblems) {

  /** Copies the maps. */
  public ModelFacts {
    payloads = Map.copyOf(payloads);
    schemaProblems = Map.copyOf(schemaProblems);
  }
}
