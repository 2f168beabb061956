package io.modeldrift.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Payloads between the threads that read them and the threads that observe them.
 *
 * <p>Bounded by bytes and by entries; when it is full the newest payload is refused, never queued
 * and never waited for. Waking a thread costs more than observing a row, so while payloads come
 * densely one that nobody waits for lies for a millisecond rather than wake an observer.
 * Thread-safe.
 */
final class PayloadQueue {

  /** What an entry costs beside its body: headers, path and the objects that hold them. */
  private static final int OVERHEAD_BYTES = 512;

  /** How long an observer that has run out of work looks for more before it asks to be woken. */
  private static final long LINGER_MILLIS = 1;

  private static final long FOREVER = 0;

  private final ArrayDeque<Submission> entries = new ArrayDeque<>();
  private final long limitBytes;
  private final int limitEntries;
  private long bytes;
  private int sleeping;
  private boolean closed;

  PayloadQueue(long limitBytes, int limitEntries) {
    this.limitBytes = limitBytes;
    this.limitEntries = limitEntries;
  }

  /** Whether a body of so many bytes would find room now. */
  synchronized boolean hasRoom(long body) {
    return entries.size() < limitEntries && bytes + body + OVERHEAD_BYTES <= limitBytes;
  }

  /** Takes the submission if there is room; returns whether it did. */
  synchronized boolean offer(Submission submission) {
    if (closed || !hasRoom(submission.payload().body().length)) {
      return false;
    }
    entries.add(submission);
    bytes += size(submission);
    if (sleeping > 0 || submission.awaited()) {
      notify();
    }
    return true;
  }

  /** Waits for the oldest submission; empty once the queue is closed and drained. */
  synchronized Optional<Submission> take() throws InterruptedException {
    for (boolean lingering = true; entries.isEmpty(); lingering = false) {
      if (closed) {
        return Optional.empty();
      }
      sleeping += lingering ? 0 : 1;
      try {
        wait(lingering ? LINGER_MILLIS : FOREVER);
      } finally {
        sleeping -= lingering ? 0 : 1;
      }
    }
    Submission oldest = entries.remove();
    bytes -= size(oldest);
    return Optional.of(oldest);
  }

  /** Refuses everything from now on; what waits can still be taken. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Removes and returns everything that waits. */
  synchronized List<Submission> drain() {
    List<Submission> rest = new ArrayList<>(entries);
    entries.clear();
    bytes = 0;
    return rest;
  }

  synchronized QueueSnapshot snapshot() {
    return new QueueSnapshot(bytes, limitBytes, entries.size(), limitEntries);
  }

  private static long size(Submission submission) {
    return submission.payload().body().length + (long) OVERHEAD_BYTES;
  }
}
