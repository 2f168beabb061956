package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exporter's own JSON: one record, an array of records, or records one after the other
 * (NDJSON).
 *
 * <pre>{@code
 * {"model": "credit", "version": "3", "id": "a1", "time": "2026-01-05T10:00:00Z",
 *  "features": {"age": 35, "channel": "web"}, "prediction": {"score": 0.91}}
 * }</pre>
 *
 * <p>A record may say what its prediction owes to each feature: {@code "attributions": {"age":
 * -0.12, "channel": 0.4}}.
 *
 * <p>All or nothing: a record that cannot be used, or says something that is not known, rejects the
 * payload with a pointer to the place.
 */
final class NativeFormat {

  private static final List<String> KEYS =
      List.of(
          "model",
          "version",
          "id",
          "inference_id",
          "time",
          "features",
          "prediction",
          "attributions");

  private final Bench bench;
  private final Map<Target, RowWriters> writers = new HashMap<>();

  private record Target(ModelKey model, BatchKind kind) {}

  private record RowWriters(InferenceBatch batch, RowWriter inputs, RowWriter outputs) {}

  NativeFormat(Bench bench) {
    this.bench = bench;
  }

  Decoded decode(Message message) {
    writers.clear();
    JsonRecords.each(message.body(), (fields, pointer) -> decodeRecord(fields, message, pointer));
    return bench.result(Protocol.NATIVE);
  }

  private void decodeRecord(JsonOutline fields, Message message, String pointer) {
    checkKeys(fields, pointer);
    Slice features = fields.findGiven("features");
    Slice prediction = fields.findGiven("prediction");
    if (features == null && prediction == null) {
      throw new Rejection(
          RejectReason.MISSING_FIELD, "a record has neither features nor prediction", pointer);
    }
    Instant time = time(fields, message, pointer);
    RowWriters target = target(model(fields, message, pointer), kind(features, prediction), time);
    int row = target.batch().addRow();
    if (!time.equals(target.batch().time())) {
      target.batch().setTime(row, time);
    }
    if (features != null) {
      writeFeatures(target, features, row, pointer + "/features");
    }
    if (prediction != null) {
      target.outputs().writeRow(prediction, row, pointer + "/prediction");
    }
    Slice attributions = fields.findGiven("attributions");
    if (attributions != null) {
      Attributions.write(target.batch(), attributions, row, pointer + "/attributions");
    }
    String id =
        Identification.firstGiven(
            RecordFields.text(fields, "id", pointer),
            RecordFields.text(fields, "inference_id", pointer));
    if (!id.isEmpty()) {
      target.batch().setId(row, id);
    }
  }

  private static void writeFeatures(RowWriters target, Slice features, int row, String pointer) {
    if (Json.isScalar(features)) {
      throw new Rejection(
          RejectReason.BAD_SHAPE, "features is neither an object nor an array", pointer);
    }
    target.inputs().writeRow(features, row, pointer);
  }

  private static void checkKeys(JsonOutline fields, String pointer) {
    for (int i = 0; i < fields.size(); i++) {
      if (!isKnown(fields, i)) {
        throw new Rejection(
            RejectReason.BAD_SHAPE,
            "unknown key; known are " + String.join(", ", KEYS),
            pointer + Json.pointerTo(fields.key(i)));
      }
    }
  }

  private static boolean isKnown(JsonOutline fields, int index) {
    for (String key : KEYS) {
      if (fields.isKey(index, key)) {
        return true;
      }
    }
    return false;
  }

  private static BatchKind kind(@Nullable Slice features, @Nullable Slice prediction) {
    if (features == null) {
      return BatchKind.RESPONSE;
    }
    return prediction == null ? BatchKind.REQUEST : BatchKind.PAIR;
  }

  private ModelKey model(JsonOutline fields, Message message, String pointer) {
    String name = RecordFields.text(fields, "model", pointer);
    ModelKey model =
        bench.model(
            message, new BodyIdentity(name, RecordFields.text(fields, "version", pointer), ""));
    if (model.name().equals(ModelKey.UNKNOWN) && name.isEmpty()) {
      throw new Rejection(
          RejectReason.MISSING_FIELD, "a record names no model, and no default is set", pointer);
    }
    return model;
  }

  private RowWriters target(ModelKey model, BatchKind kind, Instant time) {
    Target key = new Target(model, kind);
    RowWriters known = writers.get(key);
    if (known != null) {
      return known;
    }
    InferenceBatch batch = bench.open(model, kind, time);
    RowWriters opened =
        new RowWriters(
            batch,
            new RowWriter(bench, batch, Role.INPUT, true),
            new RowWriter(bench, batch, Role.OUTPUT, true));
    writers.put(key, opened);
    return opened;
  }

  private static Instant time(JsonOutline fields, Message message, String pointer) {
    Slice value = fields.findGiven("time");
    if (value == null) {
      return message.time();
    }
    Instant time = Times.parse(value);
    if (time == null) {
      throw new Rejection(
          RejectReason.BAD_SHAPE,
          "time is neither ISO 8601 with offset nor seconds since 1970",
          pointer + "/time");
    }
    return time;
  }
}
