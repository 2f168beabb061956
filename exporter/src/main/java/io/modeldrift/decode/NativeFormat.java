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
    Slice body = message.body();
    int start = JsonScan.skipBlank(body, body.from());
    if (start == body.to()) {
      return new Decoded.Ignored(Protocol.NATIVE, IgnoreReason.EMPTY);
    }
    if (body.at(start) == '[') {
      decodeArray(body.from(start), message);
    } else {
      decodeSequence(body.from(start), message);
    }
    return bench.result(Protocol.NATIVE);
  }

  private void decodeArray(Slice body, Message message) {
    int end = JsonScan.skipValue(body, body.from(), 0);
    if (JsonScan.skipBlank(body, end) != body.to()) {
      throw new Rejection(RejectReason.BAD_JSON, "something follows the array of records");
    }
    JsonElements records = JsonElements.of(body.between(body.from(), end), 0);
    for (int i = 0; i < records.size(); i++) {
      decodeRecord(records.get(i), message, "/" + i);
    }
  }

  private void decodeSequence(Slice body, Message message) {
    int start = body.from();
    for (int i = 0; start < body.to(); i++) {
      int end = endOf(body, start, i);
      int next = JsonScan.skipBlank(body, end);
      boolean alone = i == 0 && next == body.to();
      decodeRecord(body.between(start, end), message, alone ? "" : "/" + i);
      start = next;
    }
  }

  private static int endOf(Slice body, int start, int index) {
    try {
      return JsonScan.skipValue(body, start, 0);
    } catch (Rejection e) {
      throw new Rejection(
          e.reason(), String.valueOf(e.getMessage()), index == 0 ? "" : "/" + index);
    }
  }

  private void decodeRecord(Slice value, Message message, String pointer) {
    if (!Json.isObject(value)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "a record is not an object", pointer);
    }
    JsonOutline fields = JsonOutline.of(value, 1);
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
            text(fields, "id", pointer), text(fields, "inference_id", pointer));
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
    String name = text(fields, "model", pointer);
    ModelKey model =
        bench.model(message, new BodyIdentity(name, text(fields, "version", pointer), ""));
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

  private static String text(JsonOutline fields, String key, String pointer) {
    Slice value = fields.findGiven(key);
    if (value == null) {
      return "";
    }
    if (!Json.isScalar(value)) {
      throw new Rejection(
          RejectReason.BAD_SHAPE, key + " is neither a text nor a number", pointer + "/" + key);
    }
    return Json.text(value);
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
