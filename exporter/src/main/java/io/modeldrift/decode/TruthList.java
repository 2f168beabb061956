package io.modeldrift.decode;

import io.modeldrift.inference.GroundTruth;
import java.util.ArrayList;
import java.util.List;

/** Gathers the outcomes of one payload, with the place of each. */
final class TruthList {

  private final int limit;
  private final List<GroundTruth> truths = new ArrayList<>();
  private final List<String> places = new ArrayList<>();

  /**
   * @param limit most outcomes in one payload
   */
  TruthList(int limit) {
    this.limit = limit;
  }

  /**
   * Adds an outcome.
   *
   * @throws Rejection if it is one too many
   */
  void add(GroundTruth truth, String pointer) {
    if (truths.size() == limit) {
      throw new Rejection(RejectReason.TOO_LARGE, "more than " + limit + " outcomes");
    }
    truths.add(truth);
    places.add(pointer);
  }

  Decoded result() {
    return truths.isEmpty()
        ? new Decoded.Ignored(Protocol.GROUND_TRUTH, IgnoreReason.EMPTY)
        : new Decoded.Truths(Protocol.GROUND_TRUTH, truths, places, 0);
  }
}
