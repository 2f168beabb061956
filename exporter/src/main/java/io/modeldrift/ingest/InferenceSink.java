package io.modeldrift.ingest;

import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Protocol;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.AttributionStore;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.PairingResult;
import io.modeldrift.observe.PairingStore;
import io.modeldrift.observe.VersionStore;
import io.modeldrift.truth.ReviewDesk;
import io.modeldrift.truth.TruthDesk;
import java.util.function.Predicate;

/**
 * Hands decoded rows to the live state: counts each half of an inference as it arrives, and what
 * only both halves together tell once they have met.
 *
 * <p>Thread-safe.
 */
public final class InferenceSink implements Predicate<Decoded.Inferences> {

  private final Observatory observatory;
  private final PairingStore pairing;
  private final TruthDesk truth;
  private final ReviewDesk reviews;
  private final AttributionStore attributions;
  private final VersionStore versions;
  private final ThreadLocal<InferenceBatch> joint = ThreadLocal.withInitial(InferenceBatch::new);

  public InferenceSink(
      Observatory observatory,
      PairingStore pairing,
      TruthDesk truth,
      ReviewDesk reviews,
      AttributionStore attributions,
      VersionStore versions) {
    this.observatory = observatory;
    this.pairing = pairing;
    this.truth = truth;
    this.reviews = reviews;
    this.attributions = attributions;
    this.versions = versions;
  }

  /** Counts a payload's rows; returns whether there was room for any of their models. */
  @Override
  public boolean test(Decoded.Inferences inferences) {
    boolean observed = false;
    for (InferenceBatch batch : inferences.batches()) {
      observed |= observe(batch, inferences.protocol());
    }
    return observed;
  }

  private boolean observe(InferenceBatch batch, Protocol protocol) {
    if (batch.kind() == BatchKind.EXPLANATION) {
      return attributions.observe(batch);
    }
    InferenceBatch both = joint.get();
    PairingResult result = pairing.offer(batch, both);
    if (!result.isNew()) {
      return true; // the same event once more: its rows are counted already
    }
    if (result instanceof PairingResult.Paired paired) {
      adoptVersion(batch, paired.requestModel());
      if (paired.latency() != null) {
        observatory.recordLatency(paired.requestModel(), paired.latency());
      }
    }
    boolean room = observatory.observe(batch, protocol.label());
    if (room) {
      takePredictions(batch, result, both);
      versions.observe(batch);
    }
    if (room && !batch.attributions().isEmpty()) {
      attributions.observe(batch);
    }
    return room;
  }

  /**
   * Predictions wait for their outcome; beside their inputs where segments or groups are told apart
   * by them.
   */
  private void takePredictions(InferenceBatch batch, PairingResult result, InferenceBatch both) {
    boolean joined = result instanceof PairingResult.Paired paired && paired.joined();
    boolean needsInputs = truth.needsInputs(batch.model()) || reviews.wants(batch.model());
    if (batch.kind() == BatchKind.PAIR || !needsInputs) {
      if (batch.kind() != BatchKind.REQUEST) {
        predicted(batch);
      }
    } else if (joined) {
      both.setModel(batch.model());
      predicted(both);
    } else if (batch.kind() == BatchKind.RESPONSE && !(result instanceof PairingResult.Waiting)) {
      predicted(batch);
    }
  }

  private void predicted(InferenceBatch batch) {
    truth.predictions(batch);
    reviews.consider(batch);
  }

  /**
   * A response often names a version that its request left open; its predictions belong to the
   * model that the features were counted for.
   */
  private static void adoptVersion(InferenceBatch batch, ModelKey requested) {
    if (batch.kind() == BatchKind.RESPONSE) {
      batch.setModel(requested);
    }
  }
}
