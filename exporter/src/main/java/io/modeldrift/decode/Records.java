package io.modeldrift.decode;

import io.modeldrift.inference.GroundTruth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The independent parts of one payload: lines, events of a batch, frames. One that cannot be used
 * takes back what it wrote and is counted; the others stay.
 */
final class Records {

  private final Bench bench;
  private Decoded.@Nullable Inferences accepted;
  private Decoded.@Nullable Rejected rejected;
  private @Nullable Protocol ignoredAs;
  private @Nullable IgnoreReason ignoredFor;
  private final List<GroundTruth> truths = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private int bad;

  Records(Bench bench) {
    this.bench = bench;
  }

  /** Decodes one part; {@code pointer} says where in the payload it lies. */
  void add(String pointer, Supplier<Decoded> part) {
    bench.begin();
    Decoded decoded;
    try {
      decoded = part.get();
    } catch (Rejection e) {
      decoded = e.asDecoded(Protocol.UNKNOWN);
    }
    if (decoded instanceof Decoded.Inferences) {
      bench.keep();
    } else {
      bench.rollback();
    }
    if (decoded instanceof Decoded.Inferences inferences) {
      accepted = accepted == null ? inferences : accepted;
    } else if (decoded instanceof Decoded.Truths parts) {
      for (int i = 0; i < parts.truths().size(); i++) {
        truths.add(parts.truths().get(i));
        places.add(pointer + parts.places().get(i));
      }
    } else if (decoded instanceof Decoded.Rejected reason) {
      bad++;
      if (rejected == null) {
        rejected =
            new Decoded.Rejected(
                reason.protocol(), reason.reason(), reason.detail(), pointer + reason.pointer());
      }
    } else if (decoded instanceof Decoded.Ignored ignored && ignoredAs == null) {
      ignoredAs = ignored.protocol();
      ignoredFor = ignored.reason();
    }
  }

  /** Returns what came of all parts; {@code protocol} where none of them was of a known format. */
  Decoded result(Protocol protocol) {
    if (accepted != null) {
      // Nobody mixes outcomes with inferences; what does is counted as what it is not.
      bad += truths.size();
      bench.addBadRecords(bad);
      return bench.result(accepted.protocol());
    }
    if (!truths.isEmpty()) {
      return new Decoded.Truths(Protocol.GROUND_TRUTH, truths, places, bad);
    }
    if (rejected != null) {
      return rejected.protocol() == Protocol.UNKNOWN
          ? new Decoded.Rejected(protocol, rejected.reason(), rejected.detail(), rejected.pointer())
          : rejected;
    }
    return new Decoded.Ignored(
        ignoredAs == null || ignoredAs == Protocol.UNKNOWN ? protocol : ignoredAs,
        ignoredFor == null ? IgnoreReason.EMPTY : ignoredFor);
  }
}
