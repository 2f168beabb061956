package io.modeldrift.truth;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What happened to the rows of one model that people were asked about.
 *
 * @param sampled how many were put into the queue, by cause
 * @param ended how many wait no longer, by outcome
 * @param waiting how many wait
 * @param oldest when the row arrived that waits longest
 */
public record ReviewCounts(
    Map<ReviewCause, Long> sampled,
    Map<ReviewOutcome, Long> ended,
    int waiting,
    Optional<Instant> oldest) {

  /** Copies the maps. */
  public ReviewCounts {
    sampled = Map.copyOf(sampled);
    ended = Map.copyOf(ended);
  }
}
