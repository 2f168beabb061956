package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.EventKey;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the formats of one decoder share: settings, reused batches, names that were made before.
 *
 * <p>Not thread-safe, like the decoder.
 */
final class Bench {

  /** Most batches in one payload: model versions, halves and events that differ. */
  static final int MAX_BATCHES = 256;

  /** Most cells in the batches of one payload: 4 million, which are 36 MB. */
  private static final long MAX_CELLS = 1L << 22;

  private static final int RETAINED_BATCHES = 4;
  private static final int MAX_NAMES = 4096;

  private final DecodeSettings settings;
  private final Identification identification;
  private final List<InferenceBatch> pool = new ArrayList<>();
  private final List<InferenceBatch> used = new ArrayList<>();
  private final Map<String, VectorNames> vectors = new HashMap<>();
  private final Map<String, VectorNames> tensors = new HashMap<>();
  private final Map<String, VectorNames> positional = new HashMap<>();
  private final PlainJson plainJson = new PlainJson();
  private final KeyNames keyNames = new KeyNames();
  private int taken;
  private long closedCells;

  Bench(DecodeSettings settings) {
    this.settings = settings;
    this.identification = new Identification(settings);
  }

  DecodeSettings settings() {
    return settings;
  }

  /** Returns the reader of plain JSON; for one value at a time. */
  PlainJson plainJson() {
    return plainJson;
  }

  KeyNames keyNames() {
    return keyNames;
  }

  /** Takes back the batches of the last payload. */
  void clear() {
    used.clear();
    taken = 0;
    closedCells = 0;
    if (pool.size() > RETAINED_BATCHES) {
      pool.subList(RETAINED_BATCHES, pool.size()).clear();
    }
  }

  ModelKey model(Message message, BodyIdentity body) {
    return identification.model(message, body);
  }

  /** Returns a batch for the rows of a message; one that is open already if it may hold them. */
  InferenceBatch open(Message message, BodyIdentity body, BatchKind kind) {
    ModelKey model = identification.model(message, body);
    EventKey event = identification.event(message, body, model);
    for (InferenceBatch open : used) {
      if (open.model().equals(model)
          && open.kind() == kind
          && Objects.equals(open.event(), event)) {
        return open;
      }
    }
    InferenceBatch batch = open(model, kind, message.time());
    batch.setEvent(event);
    return batch;
  }

  /**
   * Returns an empty batch that becomes part of the result.
   *
   * @throws Rejection if one payload asks for too many
   */
  InferenceBatch open(ModelKey model, BatchKind kind, Instant time) {
    if (used.size() == MAX_BATCHES) {
      throw new Rejection(
          RejectReason.TOO_LARGE, "more than " + MAX_BATCHES + " models or events in one payload");
    }
    if (!used.isEmpty()) {
      closedCells += cells(used.get(used.size() - 1));
    }
    if (taken == pool.size()) {
      pool.add(new InferenceBatch());
    }
    InferenceBatch batch = pool.get(taken++);
    batch.reset(model, kind, time);
    used.add(batch);
    return batch;
  }

  /** Gives the rows from this one on the inference id of their message, where there is one. */
  void identify(InferenceBatch batch, int firstRow, Message message, BodyIdentity body) {
    String id = identification.inferenceId(message, body);
    if (!id.isEmpty()) {
      for (int row = firstRow; row < batch.rows(); row++) {
        batch.setId(row, id);
      }
    }
  }

  /** Returns how many rows each batch has, to come back to. */
  int[] mark() {
    int[] rows = new int[used.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = used.get(i).rows();
    }
    return rows;
  }

  /** Takes back all rows written since the mark. */
  void rollback(int[] mark) {
    for (int i = 0; i < used.size(); i++) {
      used.get(i).dropRows(i < mark.length ? mark[i] : 0);
    }
  }

  /** Counts records of the payload that could not be used, next to those that could. */
  void addBadRecords(int count) {
    for (int i = 0; i < count && !used.isEmpty(); i++) {
      used.get(0).addProblem(SchemaProblem.BAD_RECORD);
    }
  }

  /** Returns the rows found, or that there were none. */
  Decoded result(Protocol protocol) {
    used.removeIf(batch -> batch.rows() == 0);
    return used.isEmpty()
        ? new Decoded.Ignored(protocol, IgnoreReason.EMPTY)
        : new Decoded.Inferences(protocol, Collections.unmodifiableList(used));
  }

  /** Returns the names of a named vector. */
  VectorNames vector(String name) {
    if (vectors.size() > MAX_NAMES) {
      vectors.clear();
    }
    return isTooLong(name)
        ? VectorNames.named(name)
        : vectors.computeIfAbsent(name, VectorNames::named);
  }

  /** Returns the names of a tensor's columns where they never depend on other tensors. */
  VectorNames tensor(String name) {
    if (tensors.size() > MAX_NAMES) {
      tensors.clear();
    }
    return isTooLong(name)
        ? VectorNames.dashed(name)
        : tensors.computeIfAbsent(name, VectorNames::dashed);
  }

  private static boolean isTooLong(String name) {
    return name.length() > InferenceBatch.MAX_NAME_CHARS;
  }

  /** Returns the names of what a model's payloads give by position. */
  VectorNames positional(Role role, String model) {
    List<String> configured = configured(role, model);
    String key = role.label() + (configured.isEmpty() ? "" : " " + model);
    return positional.computeIfAbsent(key, k -> VectorNames.positional(role, configured));
  }

  /** Returns the names that configuration gives to positions of this role. */
  List<String> configured(Role role, String model) {
    ModelDecoding decoding = settings.model(model);
    return role == Role.INPUT ? decoding.features() : decoding.outputs();
  }

  /**
   * Checks that a batch stays within bounds.
   *
   * @throws Rejection if it has more rows, or more cells, than a payload may have
   */
  void checkSize(InferenceBatch batch) {
    checkRows(batch.rows());
    if (closedCells + cells(batch) > MAX_CELLS) {
      throw new Rejection(RejectReason.TOO_LARGE, "more than " + MAX_CELLS + " cells");
    }
  }

  /**
   * Checks a number of rows before they are written.
   *
   * @throws Rejection if a payload may not have so many
   */
  void checkRows(long rows) {
    if (rows > settings.maxRows()) {
      throw new Rejection(RejectReason.TOO_LARGE, "more than " + settings.maxRows() + " rows");
    }
  }

  private static long cells(InferenceBatch batch) {
    long columns =
        (long) batch.columnCount(Role.INPUT)
            + batch.columnCount(Role.OUTPUT)
            + batch.attributions().size();
    return batch.rows() * columns;
  }
}
