package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.EventKey;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the formats of one decoder share: settings, reused batches, names that were made before.
 *
 * <p>Not thread-safe, like the decoder.
 */
final class Bench {

  private static final int MAX_NAMES = 4096;

  private final DecodeSettings settings;
  private final Identification identification;
  private final OpenBatches batches;
  private final Map<String, VectorNames> vectors = new HashMap<>();
  private final Map<String, VectorNames> tensors = new HashMap<>();
  private final Map<String, VectorNames> positional = new HashMap<>();
  private final PlainJson plainJson = new PlainJson();
  private final KeyNames keyNames = new KeyNames();

  Bench(DecodeSettings settings) {
    this.settings = settings;
    this.identification = new Identification(settings);
    this.batches = new OpenBatches(settings.maxRows(), settings.maxCells());
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
    batches.clear();
  }

  ModelKey model(Message message, BodyIdentity body) {
    return identification.model(message, body);
  }

  /** Returns a batch for the rows of a message; one that is open already if it may hold them. */
  InferenceBatch open(Message message, BodyIdentity body, BatchKind kind) {
    ModelKey model = identification.model(message, body);
    EventKey event = identification.event(message, body, model);
    return batches.open(model, kind, event, message.time());
  }

  /**
   * Returns an empty batch that becomes part of the result.
   *
   * @throws Rejection if one payload asks for too many
   */
  InferenceBatch open(ModelKey model, BatchKind kind, Instant time) {
    return batches.add(model, kind, time);
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

  /** Begins a part of the payload that ends in {@link #keep} or in {@link #rollback}. */
  void begin() {
    batches.begin();
  }

  /** Ends the part that began last; its rows stay. */
  void keep() {
    batches.keep();
  }

  /** Ends the part that began last, and takes all its rows back. */
  void rollback() {
    batches.rollback();
  }

  /** Counts records of the payload that could not be used, next to those that could. */
  void addBadRecords(int count) {
    for (int i = 0; i < count && !batches.all().isEmpty(); i++) {
      batches.all().get(0).addProblem(SchemaProblem.BAD_RECORD);
    }
  }

  /** Returns the rows found, or that there were none, or none that could be used. */
  Decoded result(Protocol protocol) {
    boolean ragged = batches.dropEmpty();
    if (ragged && batches.isPartEmpty()) {
      return new Decoded.Rejected(
          protocol, RejectReason.RAGGED, "no row has as many values as there are columns", "");
    }
    return batches.all().isEmpty()
        ? new Decoded.Ignored(protocol, IgnoreReason.EMPTY)
        : new Decoded.Inferences(protocol, Collections.unmodifiableList(batches.all()));
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
    batches.checkCells(batch);
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
}
