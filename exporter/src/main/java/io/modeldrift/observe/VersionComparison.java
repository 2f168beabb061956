package io.modeldrift.observe;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is counted about two versions. Thread-safe: one lock, held for a batch or a snapshot. */
final class VersionComparison {

  private final VersionPair pair;
  private final List<Window> windows;
  private final Twins twins;
  private @Nullable BorrowedCounts challenger;

  VersionComparison(VersionPair pair, List<Window> windows) {
    this.pair = pair;
    this.windows = windows;
    this.twins = new Twins(pair);
  }

  VersionPair pair() {
    return pair;
  }

  synchronized void observeChampion(InferenceBatch batch, Instant now) {
    twins.offer(batch, true, now);
  }

  /**
   * Counts outputs of the challenger.
   *
   * @param baseline the champion's, null while it learns; another one starts afresh
   */
  synchronized void observeChallenger(
      InferenceBatch batch, @Nullable Baseline baseline, Instant now) {
    twins.offer(batch, false, now);
    if (baseline != null) {
      if (challenger == null || !challenger.areOver(baseline)) {
        challenger = new BorrowedCounts(baseline, windows, now);
      }
      challenger.observe(batch, now);
    }
  }

  synchronized void save(StateOutput out, Instant now) {
    twins.save(out);
    out.flag(challenger != null);
    if (challenger != null) {
      challenger.save(out, now);
    }
  }

  /**
   * Goes on where a saved comparison stood.
   *
   * @param baseline the champion's, null while it learns
   */
  synchronized void restore(
      StateInput in, boolean continuous, @Nullable Baseline baseline, Instant now)
      throws SnapshotException {
    twins.restore(in, continuous);
    if (in.flag() && baseline != null) {
      BorrowedCounts restored = new BorrowedCounts(baseline, windows, now);
      restored.restore(in, now);
      challenger = restored;
    }
  }

  synchronized VersionSnapshot snapshot(Instant now) {
    return new VersionSnapshot(
        pair,
        challenger == null ? List.of() : challenger.columns(),
        challenger == null ? List.of() : challenger.snapshot(now),
        twins.counts(),
        twins.waiting(now),
        twins.unpaired());
  }
}
