package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the formats of one decoder share: settings, reused batches, names that were made before.
 *
 * <p>Not thread-safe, like the decoder.
 */
final class Bench {

  /** Most model versions and kinds in one payload. */
  static final int MAX_BATCHES = 64;

  /** Most cells in the batches of one payload: 4 million, which are 36 MB. */
  private static final long MAX_CELLS = 1L << 22;

  private static final int RETAINED_BATCHES = 4;
  private static final int MAX_NAMES = 4096;

  private final DecodeSettings settings;
  private final List<InferenceBatch> pool = new ArrayList<>();
  private final List<InferenceBatch> used = new ArrayList<>();
  private final Map<String, VectorNames> vectors = new HashMap<>();
  private final Map<String, VectorNames> positional = new HashMap<>();

  Bench(DecodeSettings settings) {
    this.settings = settings;
  }

  DecodeSettings settings() {
    return settings;
  }

  /** Takes back the batches of the last payload. */
  void clear() {
    used.clear();
    if (pool.size() > RETAINED_BATCHES) {
      pool.subList(RETAINED_BATCHES, pool.size()).clear();
    }
  }

  /**
   * Returns an empty batch that becomes part of the result.
   *
   * @throws Rejection if one payload asks for too many
   */
  InferenceBatch open(ModelKey model, BatchKind kind, Instant time) {
    int index = used.size();
    if (index == MAX_BATCHES) {
      throw new Rejection(
          RejectReason.TOO_LARGE, "more than " + MAX_BATCHES + " models in one payload");
    }
    if (index == pool.size()) {
      pool.add(new InferenceBatch());
    }
    InferenceBatch batch = pool.get(index);
    batch.reset(model, kind, time);
    used.add(batch);
    return batch;
  }

  /** Returns the batches opened since the last payload. */
  List<InferenceBatch> batches() {
    return used;
  }

  /** Returns the rows found, or that there were none. */
  Decoded result(Protocol protocol) {
    used.removeIf(batch -> batch.rows() == 0);
    return used.isEmpty()
        ? new Decoded.Ignored(protocol, IgnoreReason.EMPTY)
        : new Decoded.Inferences(protocol, List.copyOf(used));
  }

  /** Returns the names of a named vector. */
  VectorNames vector(String name) {
    if (vectors.size() > MAX_NAMES) {
      vectors.clear();
    }
    return vectors.computeIfAbsent(name, VectorNames::named);
  }

  /** Returns the names of what a model's payloads give by position. */
  VectorNames positional(Role role, String model) {
    ModelDecoding decoding = settings.model(model);
    List<String> configured = role == Role.INPUT ? decoding.features() : decoding.outputs();
    String key = role.label() + (configured.isEmpty() ? "" : " " + model);
    return positional.computeIfAbsent(key, k -> VectorNames.positional(role, configured));
  }

  /** Returns how many names configuration gives to positions of this role. */
  int configured(Role role, String model) {
    ModelDecoding decoding = settings.model(model);
    return (role == Role.INPUT ? decoding.features() : decoding.outputs()).size();
  }

  /**
   * Returns the model that a message belongs to: what an envelope says, else the path, else the
   * body, else a header that a proxy set, else the default.
   */
  ModelKey model(Message message, String bodyModel, String bodyVersion) {
    String name =
        firstGiven(
            message.envelope().model(),
            message.route().model(),
            bodyModel,
            message.headers().get("X-Model-Name"));
    String version =
        firstGiven(
            message.envelope().version(),
            message.route().version(),
            bodyVersion,
            message.headers().get("X-Model-Version"));
    if (name.isEmpty()) {
      ModelKey fallback = settings.defaultModel();
      return version.isEmpty() ? fallback : new ModelKey(fallback.name(), version);
    }
    return new ModelKey(name, version.isEmpty() ? settings.model(name).version() : version);
  }

  static String firstGiven(String... candidates) {
    for (String candidate : candidates) {
      if (!candidate.isBlank()) {
        return candidate;
      }
    }
    return "";
  }

  /**
   * Checks that a batch stays within bounds.
   *
   * @throws Rejection if it has more rows, or more cells, than a payload may have
   */
  void checkSize(InferenceBatch batch) {
    int rows = batch.rows();
    if (rows > settings.maxRows()) {
      throw new Rejection(RejectReason.TOO_LARGE, "more than " + settings.maxRows() + " rows");
    }
    long columns = batch.columns(Role.INPUT).size() + (long) batch.columns(Role.OUTPUT).size();
    if (rows * columns > MAX_CELLS) {
      throw new Rejection(RejectReason.TOO_LARGE, "more than " + MAX_CELLS + " cells");
    }
  }
}
