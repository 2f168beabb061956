package io.modeldrift.observe;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.EventKey;
import io.modeldrift.inference.EventKey.Pairing;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the request and the response of one inference where they come as two payloads, in whichever
 * order.
 *
 * <p>Feature statistics do not wait for it: the caller counts each half when it arrives, unless the
 * result says that it is a repeated delivery. The pair adds what needs both halves: latency, the
 * alignment of rows, joint rows.
 *
 * <p>A pair is remembered until the timeout, without its rows, so that deliveries repeated after it
 * are recognised. Bounded by entries, bytes and time; the oldest goes first. A client that uses one
 * id for everything takes one entry. Thread-safe: each method locks the instance, for a time
 * proportional to the cells of the batch.
 */
public final class PairingStore implements StatePart {

  private PairingSettings settings;
  private final InstantSource time;
  private final Map<Pairing, Entry> index = new HashMap<>();
  private final LinkedHashSet<Entry> oldestFirst = new LinkedHashSet<>();
  private int waiting;
  private long bytes;
  private long paired;
  private long requestOnly;
  private long responseOnly;
  private long expired;
  private long evicted;
  private long duplicate;
  private long rowMismatch;

  /** One inference, identified by its keys and compared by identity. */
  static final class Entry {
    final List<Pairing> keys;
    final Instant since;
    final long keyBytes;
    @Nullable PendingHalf half;
    boolean isRequest;
    long requestFingerprint;
    long responseFingerprint;

    Entry(List<Pairing> keys, Instant since) {
      this.keys = keys;
      this.since = since;
      this.keyBytes = keys.stream().mapToLong(Entry::bytes).sum();
    }

    private static long bytes(Pairing key) {
      return PendingHalf.bytes(key.scope()) + PendingHalf.bytes(key.id());
    }

    boolean waitsFor(boolean request) {
      return half != null && isRequest != request;
    }

    void sign(boolean request, long fingerprint) {
      if (request) {
        requestFingerprint = fingerprint;
      } else {
        responseFingerprint = fingerprint;
      }
    }
  }

  public PairingStore(PairingSettings settings, InstantSource time) {
    this.settings = settings;
    this.time = time;
  }

  /** Goes on under other bounds; halves that wait already keep what they have. */
  public synchronized void reconfigure(PairingSettings newSettings) {
    settings = newSettings;
  }

  /**
   * Takes one half of an inference.
   *
   * @param half left as it is; copied if it has to wait
   * @param joint filled with inputs and outputs of the same rows if the result is {@link
   *     PairingResult.Paired} and joined; else left as it is
   */
  public synchronized PairingResult offer(InferenceBatch half, InferenceBatch joint) {
    Instant now = time.instant();
    expire(now);
    EventKey event = half.event();
    if (event == null || event.pairing().isEmpty() || half.kind() == BatchKind.PAIR) {
      return new PairingResult.Alone();
    }
    boolean request = half.kind() == BatchKind.REQUEST;
    long fingerprint = event.delivery().isEmpty() ? 0 : Fingerprint.of(half, event.delivery());
    Entry known = find(event.pairing());
    if (known == null) {
      remember(half, event, request, fingerprint, now);
      return new PairingResult.Waiting();
    }
    if (known.waitsFor(request)) {
      return pair(known, half, event, request, fingerprint, joint);
    }
    duplicate++;
    long first = request ? known.requestFingerprint : known.responseFingerprint;
    return new PairingResult.Duplicate(!event.delivery().isEmpty() && first == fingerprint);
  }

  /** Returns what has been counted since the start, and what waits now. */
  public synchronized PairingCounts counts() {
    expire(time.instant());
    return new PairingCounts(
        paired,
        requestOnly,
        responseOnly,
        expired,
        evicted,
        duplicate,
        rowMismatch,
        waiting,
        bytes);
  }

  @Override
  public String stateName() {
    return "pairing";
  }

  @Override
  public int stateVersion() {
    return 1;
  }

  /** Writes one section: ids and times of the halves that wait, without any of their cells. */
  @Override
  public void save(Sections sections) throws IOException {
    StateOutput section = new StateOutput();
    synchronized (this) {
      expire(time.instant());
      section.numbers(counters());
      section.number(oldestFirst.size());
      oldestFirst.forEach(entry -> SavedPairing.save(entry, section));
    }
    sections.add(section);
  }

  @Override
  public synchronized void restore(StateInput section, boolean continuous)
      throws SnapshotException {
    long[] saved = section.counts(counters().length);
    if (continuous) {
      paired += saved[0];
      requestOnly += saved[1];
      responseOnly += saved[2];
      expired += saved[3];
      evicted += saved[4];
      duplicate += saved[5];
      rowMismatch += saved[6];
    }
    int entries = section.size(Integer.MAX_VALUE);
    for (int i = 0; i < entries; i++) {
      remember(SavedPairing.restore(section));
    }
    evict();
  }

  private long[] counters() {
    return new long[] {paired, requestOnly, responseOnly, expired, evicted, duplicate, rowMismatch};
  }

  private void remember(Entry entry) {
    if (find(entry.keys) == null) {
      add(entry);
    }
  }

  /** What many inferences share, as those of one client do, stays with the first of them. */
  private void add(Entry entry) {
    entry.keys.forEach(key -> index.putIfAbsent(key, entry));
    oldestFirst.add(entry);
    bytes += entry.keyBytes;
    if (entry.half != null) {
      waiting++;
      bytes += entry.half.bytes();
    }
  }

  /** Returns the inference of the best key that is known, unless a better one contradicts it. */
  private @Nullable Entry find(List<Pairing> keys) {
    for (int i = 0; i < keys.size(); i++) {
      Entry entry = index.get(keys.get(i));
      if (entry != null && !contradicts(keys.subList(0, i), entry)) {
        return entry;
      }
    }
    return null;
  }

  private static boolean contradicts(List<Pairing> better, Entry entry) {
    for (Pairing key : better) {
      for (Pairing known : entry.keys) {
        if (key.contradicts(known)) {
          return true;
        }
      }
    }
    return false;
  }

  private void remember(
      InferenceBatch half, EventKey event, boolean request, long fingerprint, Instant now) {
    Entry entry = new Entry(event.pairing(), now);
    PendingHalf copy =
        PendingHalf.of(
            half, request ? Role.INPUT : Role.OUTPUT, event.timed(), settings.keepRows());
    entry.half = copy;
    entry.isRequest = request;
    entry.sign(request, fingerprint);
    add(entry);
    evict();
  }

  private PairingResult pair(
      Entry entry,
      InferenceBatch half,
      EventKey event,
      boolean request,
      long fingerprint,
      InferenceBatch joint) {
    PendingHalf other = entry.half;
    if (other == null) {
      throw new IllegalStateException("the entry does not wait");
    }
    paired++;
    release(entry);
    entry.sign(request, fingerprint);
    Instant asked = request ? half.time() : other.time();
    Instant answered = request ? other.time() : half.time();
    boolean timed = event.timed() && other.isTimed();
    boolean joined = join(half, other, request, asked, joint);
    ModelKey requestModel = request ? half.model() : other.model();
    return new PairingResult.Paired(
        requestModel, timed ? Duration.between(asked, answered) : null, joined);
  }

  private boolean join(
      InferenceBatch half,
      PendingHalf other,
      boolean request,
      Instant asked,
      InferenceBatch joint) {
    if (half.rows() != other.rows()) {
      rowMismatch++;
      return false;
    }
    if (!settings.keepRows() || !other.hasRows()) {
      return false;
    }
    // The response often tells the version that the request left open.
    joint.reset(request ? other.model() : half.model(), BatchKind.PAIR, asked);
    joint.ensureRows(half.rows());
    joint.copyFrom(half, request ? Role.INPUT : Role.OUTPUT, 0);
    for (int row = 0; row < half.rows(); row++) {
      String id = half.id(row);
      if (id != null) {
        joint.setId(row, id);
      }
    }
    other.writeTo(joint, request ? Role.OUTPUT : Role.INPUT);
    return true;
  }

  /** Lets go of the rows of an entry that waits no longer. */
  private void release(Entry entry) {
    PendingHalf half = entry.half;
    if (half != null) {
      waiting--;
      bytes -= half.bytes();
      entry.half = null;
    }
  }

  private void expire(Instant now) {
    Iterator<Entry> entries = oldestFirst.iterator();
    while (entries.hasNext()) {
      Entry entry = entries.next();
      if (Duration.between(entry.since, now).compareTo(settings.timeout()) < 0) {
        return;
      }
      entries.remove();
      if (forget(entry)) {
        expired++;
      }
    }
  }

  private void evict() {
    Iterator<Entry> entries = oldestFirst.iterator();
    while (entries.hasNext()
        && (oldestFirst.size() > settings.maxEntries() || bytes > settings.maxBytes())) {
      Entry entry = entries.next();
      entries.remove();
      if (forget(entry)) {
        evicted++;
      }
    }
  }

  /** Forgets an entry that is off the queue; returns whether it still waited. */
  private boolean forget(Entry entry) {
    entry.keys.forEach(key -> index.remove(key, entry));
    bytes -= entry.keyBytes;
    if (entry.half == null) {
      return false;
    }
    release(entry);
    if (entry.isRequest) {
      requestOnly++;
    } else {
      responseOnly++;
    }
    return true;
  }
}
