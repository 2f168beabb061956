package io.modeldrift.ingest;

import io.modeldrift.decode.Payload;
import io.modeldrift.decode.Payload.Door;
import io.modeldrift.distribution.TextHash;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Chooses which payloads are observed where only a sample is.
 *
 * <p>The request and the response of one inference are chosen together, on every replica alike,
 * where headers name the inference; all others are taken in turn. Outcomes and feedback are never
 * passed over. Thread-safe.
 */
final class Sampler {

  private static final List<String> IDS =
      List.of(
          "X-Amzn-SageMaker-Inference-Id", "Seldon-Puid", "X-Request-Id", "traceparent", "ce-id");

  private final int oneIn;
  private final AtomicLong turn = new AtomicLong();

  Sampler(int oneIn) {
    this.oneIn = oneIn;
  }

  boolean passesOver(Payload payload) {
    if (oneIn == 1 || payload.door() == Door.GROUND_TRUTH || payload.door() == Door.FEEDBACK) {
      return false;
    }
    for (String name : IDS) {
      String id = payload.headers().get(name);
      if (!id.isEmpty()) {
        return Math.floorMod(TextHash.of(shared(name, id)), oneIn) != 0;
      }
    }
    return Math.floorMod(turn.getAndIncrement(), oneIn) != 0;
  }

  /** Spans of one trace differ behind its id; the two events of one inference share theirs. */
  private static String shared(String name, String id) {
    return name.equals("traceparent") && id.length() > 35 ? id.substring(3, 35) : id;
  }
}
