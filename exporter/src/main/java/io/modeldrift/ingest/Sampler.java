package io.modeldrift.ingest;

import io.modeldrift.decode.Payload;
import io.modeldrift.decode.Payload.Door;
import io.modeldrift.decode.PayloadHeaders;
import io.modeldrift.decode.PayloadHints;
import io.modeldrift.distribution.TextHash;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Chooses which payloads are observed where only a sample is.
 *
 * <p>The request and the response of one inference are chosen together, on every replica alike,
 * where an envelope or headers name the inference; each of the others by chance, since traffic has
 * patterns of its own, such as requests and responses in turn. Outcomes and feedback are never
 * passed over. Thread-safe.
 */
final class Sampler {

  /** Events of one inference share these; Seldon gives each event an id of its own besides. */
  private static final List<String> EVENT_IDS = List.of("ce-requestid", "ce-id");

  /** Of no use beside an envelope: meshes make those anew for each event that is posted. */
  private static final List<String> REQUEST_IDS =
      List.of("X-Amzn-SageMaker-Inference-Id", "Seldon-Puid", "X-Request-Id", "traceparent");

  private final int oneIn;
  private final AtomicLong turn = new AtomicLong();

  Sampler(int oneIn) {
    this.oneIn = oneIn;
  }

  boolean passesOver(Payload payload) {
    if (oneIn == 1 || payload.door() == Door.GROUND_TRUTH || payload.door() == Door.FEEDBACK) {
      return false;
    }
    PayloadHints hints = new PayloadHints(payload);
    String id = inferenceId(payload, hints);
    long chance = TextHash.of(id.isEmpty() ? Long.toString(turn.getAndIncrement()) : id);
    return Math.floorMod(chance, oneIn) != 0 && !hints.isOutcome();
  }

  private static String inferenceId(Payload payload, PayloadHints hints) {
    String id = first(EVENT_IDS, payload.headers());
    id = id.isEmpty() ? hints.inferenceId() : id;
    return id.isEmpty() ? first(REQUEST_IDS, payload.headers()) : id;
  }

  private static String first(List<String> names, PayloadHeaders headers) {
    for (String name : names) {
      String id = headers.get(name);
      if (!id.isEmpty()) {
        return shared(name, id);
      }
    }
    return "";
  }

  /** Spans of one trace differ behind its id. */
  private static String shared(String name, String id) {
    return name.equals("traceparent") && id.length() > 35 ? id.substring(3, 35) : id;
  }
}
