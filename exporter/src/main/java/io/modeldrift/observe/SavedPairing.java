package io.modeldrift.observe;

import io.modeldrift.inference.EventKey.Pairing;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.PairingStore.Entry;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads one inference that waits for its other half, or has met it lately. */
final class SavedPairing {

  private static final int MAX_KEYS = 16;

  private SavedPairing() {}

  static void save(Entry entry, StateOutput out) {
    out.number(entry.keys.size());
    for (Pairing key : entry.keys) {
      out.text(key.scope());
      out.text(key.id());
    }
    out.instant(entry.since);
    out.flag(entry.isRequest);
    out.number(entry.requestFingerprint);
    out.number(entry.responseFingerprint);
    PendingHalf half = entry.half;
    out.flag(half != null);
    if (half != null) {
      out.text(half.model().name());
      out.text(half.model().version());
      out.instant(half.time());
      out.flag(half.isTimed());
      out.number(half.rows());
    }
  }

  static Entry restore(StateInput in) throws SnapshotException {
    int count = in.size(MAX_KEYS);
    List<Pairing> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(new Pairing(in.text(), in.text()));
    }
    Entry entry = new Entry(List.copyOf(keys), in.instant());
    entry.isRequest = in.flag();
    entry.requestFingerprint = in.number();
    entry.responseFingerprint = in.number();
    if (in.flag()) {
      ModelKey model = new ModelKey(in.text(), in.text());
      entry.half =
          new PendingHalf(model, in.instant(), in.flag(), (int) in.number(0, Integer.MAX_VALUE));
    }
    return entry;
  }
}
