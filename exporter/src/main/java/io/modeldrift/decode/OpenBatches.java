package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.EventKey;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The batches that one payload is written into: found again by what they are about, bounded
 * together, reused for the next payload.
 *
 * <p>Every operation takes the same time however many batches there are, but {@link #clear}.
 */
final class OpenBatches {

  private static final int RETAINED_BATCHES = 4;

  /** What an empty column and an empty batch weigh, in cells. */
  private static final int COLUMN_CELLS = 16;

  private static final int BATCH_CELLS = 64;

  private final int maxBatches;
  private final int maxCells;
  private final List<InferenceBatch> pool = new ArrayList<>();
  private final List<InferenceBatch> used = new ArrayList<>();
  private Map<Owner, InferenceBatch> owners = new HashMap<>();
  private final List<InferenceBatch> reopened = new ArrayList<>();
  private final List<Integer> reopenedRows = new ArrayList<>();
  private Map<InferenceBatch, Long> counted = new HashMap<>();
  private @Nullable InferenceBatch current;
  private long otherCells;
  private int taken;
  private Part part = Part.WHOLE;

  private record Owner(ModelKey model, BatchKind kind, @Nullable EventKey event) {}

  /** What there was before a part of the payload, to come back to. */
  private record Part(int used, int taken, int reopened, @Nullable Part outer) {
    static final Part WHOLE = new Part(0, 0, 0, null);
  }

  /**
   * @param maxBatches most batches of one payload
   * @param maxCells most cells of all of them
   */
  OpenBatches(int maxBatches, int maxCells) {
    this.maxBatches = maxBatches;
    this.maxCells = maxCells;
  }

  /** Takes back the batches of the last payload, and keeps of their memory what may be kept. */
  void clear() {
    if (used.size() > RETAINED_BATCHES) { // clearing a map takes as long as it was ever large
      owners = new HashMap<>();
      counted = new HashMap<>();
    }
    owners.clear();
    counted.clear();
    used.clear();
    reopened.clear();
    reopenedRows.clear();
    current = null;
    otherCells = 0;
    taken = 0;
    part = Part.WHOLE;
    long kept = 0;
    int batches = 0;
    while (batches < Math.min(pool.size(), RETAINED_BATCHES)) {
      kept += pool.get(batches).capacity();
      if (kept > maxCells) {
        break;
      }
      batches++;
    }
    pool.subList(batches, pool.size()).clear();
  }

  /** Returns the batch of an event: an open one if it may hold further rows, else a new one. */
  InferenceBatch open(ModelKey model, BatchKind kind, @Nullable EventKey event, Instant time) {
    Owner owner = new Owner(model, kind, event);
    InferenceBatch open = owners.get(owner);
    if (open != null && open.model().equals(model)) {
      reopened.add(open);
      reopenedRows.add(open.rows());
      turnTo(open);
      return open;
    }
    InferenceBatch batch = add(model, kind, time);
    batch.setEvent(event);
    owners.put(owner, batch);
    return batch;
  }

  /**
   * Returns an empty batch that is found by nobody.
   *
   * @throws Rejection if one payload asks for too many
   */
  InferenceBatch add(ModelKey model, BatchKind kind, Instant time) {
    if (used.size() >= maxBatches) {
      throw new Rejection(
          RejectReason.TOO_LARGE, "more than " + maxBatches + " models or events in one payload");
    }
    if (taken == pool.size()) {
      pool.add(new InferenceBatch());
    }
    InferenceBatch batch = pool.get(taken++);
    batch.reset(model, kind, time);
    used.add(batch);
    turnTo(batch);
    return batch;
  }

  /**
   * Checks that the batches stay within bounds; cheap for the batch that was asked about last.
   *
   * @throws Rejection if they have more cells than a payload may have
   */
  void checkCells(InferenceBatch batch) {
    if (batch != current) {
      turnTo(batch);
    }
    if (otherCells + batch.rows() * columns(batch) > maxCells) {
      throw new Rejection(RejectReason.TOO_LARGE, "more than " + maxCells + " cells");
    }
  }

  private void turnTo(InferenceBatch batch) {
    if (current != null) {
      long cells = BATCH_CELLS + columns(current) * (current.rows() + COLUMN_CELLS);
      otherCells += cells;
      counted.put(current, cells);
    }
    discount(batch);
    current = batch;
  }

  private void discount(InferenceBatch batch) {
    Long cells = counted.remove(batch);
    otherCells -= cells == null ? 0 : cells;
  }

  private static long columns(InferenceBatch batch) {
    return (long) batch.columnCount(Role.INPUT)
        + batch.columnCount(Role.OUTPUT)
        + batch.attributions().size();
  }

  /** Begins a part of the payload that may have to be taken back; parts may lie in parts. */
  void begin() {
    part = new Part(used.size(), taken, reopened.size(), part);
  }

  /** Ends the part that began last; its rows stay. */
  void keep() {
    dropEmpty();
    part = part.outer() == null ? Part.WHOLE : part.outer();
    if (part.outer() == null) { // the whole, which is never taken back
      reopened.clear();
      reopenedRows.clear();
    }
  }

  /** Ends the part that began last; none of its rows stays. */
  void rollback() {
    for (int i = reopened.size() - 1; i >= part.reopened(); i--) {
      reopened.get(i).dropRows(reopenedRows.get(i));
    }
    for (InferenceBatch batch : used.subList(part.used(), used.size())) {
      batch.dropRows(0);
    }
    keep();
  }

  /**
   * Drops the batches without rows that this part has opened.
   *
   * @return whether one of them has none because all its rows were ragged
   */
  boolean dropEmpty() {
    boolean ragged = false;
    List<InferenceBatch> opened = used.subList(part.used(), used.size());
    for (InferenceBatch batch : opened) {
      if (batch.rows() == 0) {
        ragged |= batch.problems(SchemaProblem.RAGGED) > 0;
        owners.remove(new Owner(batch.model(), batch.kind(), batch.event()), batch);
        discount(batch);
        current = batch == current ? null : current;
      }
    }
    opened.removeIf(batch -> batch.rows() == 0);
    taken = used.size() == part.used() ? part.taken() : taken;
    return ragged;
  }

  /** Returns whether this part has opened no batch that is still there. */
  boolean isPartEmpty() {
    return used.size() == part.used() && reopened.size() == part.reopened();
  }

  /** Returns all batches; after {@link #dropEmpty} each has rows. */
  List<InferenceBatch> all() {
    return used;
  }
}
