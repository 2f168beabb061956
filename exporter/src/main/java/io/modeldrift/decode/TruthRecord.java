package io.modeldrift.decode;

import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.IdText;
import io.modeldrift.inference.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One outcome as a JSON object, or several of one inference.
 *
 * <pre>{@code
 * {"model": "credit", "inference_id": "a1", "actual": 1}
 * {"model": "credit", "inference_id": "a2", "actual": [1, 0]}
 * {"model": "credit", "prediction": 0.91, "actual": true, "segments": {"channel": "web"}}
 * }</pre>
 *
 * <p>The names that other products use for the same things are understood as well.
 */
final class TruthRecord {

  static final List<String> ID_KEYS =
      List.of(
          "inference_id",
          "inferenceId",
          "prediction_id",
          "eventId",
          "request_id",
          "client_request_id",
          "databricks_request_id",
          "puid",
          "id");
  static final List<String> OUTCOME_KEYS =
      List.of(
          "actual",
          "actual_label",
          "actual_score",
          "ground_truth",
          "groundTruth",
          "groundtruth",
          "target",
          "label",
          "truth");
  static final List<String> PREDICTION_KEYS = List.of("prediction", "raw_prediction");
  static final List<String> TIME_KEYS =
      List.of("time", "timestamp", "event_time", "inferenceTime", "datetime");
  static final List<String> OTHER_KEYS =
      List.of("model", "version", "row", "segments", GroundTruth.LABEL, GroundTruth.SCORE);

  private final JsonOutline fields;
  private final Message message;
  private final String pointer;

  private TruthRecord(JsonOutline fields, Message message, String pointer) {
    this.fields = fields;
    this.message = message;
    this.pointer = pointer;
  }

  /** Adds the outcomes of an object. */
  static void addTo(TruthList list, JsonOutline fields, Message message, String pointer) {
    TruthRecord truthRecord = new TruthRecord(fields, message, pointer);
    truthRecord.checkKeys();
    truthRecord.add(list);
  }

  private void add(TruthList list) {
    String key = outcomeKey();
    Slice outcome = fields.find(key);
    if (outcome == null) {
      throw missing("a record has no outcome, such as actual", pointer);
    }
    List<String> ids = ids();
    Slice prediction = prediction();
    if (ids.isEmpty() && prediction == null && !hasSplitPrediction()) {
      throw missing("a record has neither an id nor a prediction", pointer);
    }
    String place = pointer + "/" + key;
    if (!Json.isArray(outcome)) {
      Map<String, Value> columns = columns(prediction, pointer + "/prediction");
      list.add(
          truth(
              ids, RecordFields.row(fields, pointer), TruthValues.ofJson(outcome, place), columns),
          pointer);
      return;
    }
    addRows(list, ids, JsonElements.of(outcome, 2), prediction, place);
  }

  private void addRows(
      TruthList list,
      List<String> ids,
      JsonElements outcomes,
      @Nullable Slice prediction,
      String place) {
    JsonElements predictions =
        prediction != null && Json.isArray(prediction) ? JsonElements.of(prediction, 2) : null;
    if (prediction != null && (predictions == null || predictions.size() != outcomes.size())) {
      throw new Rejection(
          RejectReason.BAD_SHAPE, "there must be as many predictions as outcomes", place);
    }
    int first = RecordFields.row(fields, pointer);
    for (int i = 0; i < outcomes.size(); i++) {
      String element = place + "/" + i;
      Slice own = predictions == null ? null : predictions.get(i);
      list.add(
          truth(
              ids,
              first + i,
              TruthValues.ofJson(outcomes.get(i), element),
              columns(own, pointer + "/prediction/" + i)),
          element);
    }
  }

  private GroundTruth truth(
      List<String> ids, int row, @Nullable Value outcome, Map<String, Value> columns) {
    return new GroundTruth(model(), text("version"), ids, row, outcome, columns, attributes());
  }

  private String model() {
    return Identification.firstGiven(
        text("model"), message.envelope().model(), message.route().model());
  }

  private List<String> ids() {
    return ID_KEYS.stream()
        .map(this::text)
        .filter(id -> !id.isBlank())
        .map(IdText::bounded)
        .distinct()
        .toList();
  }

  private String outcomeKey() {
    return OUTCOME_KEYS.stream().filter(fields::has).findFirst().orElse(OUTCOME_KEYS.get(0));
  }

  private @Nullable Slice prediction() {
    for (String key : PREDICTION_KEYS) {
      Slice given = fields.findGiven(key);
      if (given != null) {
        return given;
      }
    }
    return null;
  }

  private boolean hasSplitPrediction() {
    return fields.findGiven(GroundTruth.LABEL) != null
        || fields.findGiven(GroundTruth.SCORE) != null;
  }

  private Map<String, Value> columns(@Nullable Slice prediction, String place) {
    Map<String, Value> columns = new LinkedHashMap<>();
    if (prediction != null && Json.isObject(prediction)) {
      columns.putAll(scalars(prediction, place));
    } else if (prediction != null) {
      put(columns, GroundTruth.UNNAMED, prediction, place);
    }
    for (String key : List.of(GroundTruth.LABEL, GroundTruth.SCORE)) {
      Slice value = fields.findGiven(key);
      if (value != null) {
        put(columns, key, value, pointer + "/" + key);
      }
    }
    return columns;
  }

  private Map<String, Value> attributes() {
    Slice segments = fields.findGiven("segments");
    String place = pointer + "/segments";
    if (segments == null) {
      return Map.of();
    }
    if (!Json.isObject(segments)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "segments is not an object", place);
    }
    return scalars(segments, place);
  }

  private static Map<String, Value> scalars(Slice object, String place) {
    JsonOutline outline = JsonOutline.of(object, 2);
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < outline.size(); i++) {
      String key = outline.key(i);
      put(values, key, outline.value(i), place + Json.pointerTo(key));
    }
    return values;
  }

  private static void put(Map<String, Value> values, String key, Slice slice, String place) {
    Value value = TruthValues.ofJson(slice, place);
    if (value != null) {
      values.put(key, value);
    }
  }

  private String text(String key) {
    return RecordFields.text(fields, key, pointer);
  }

  private void checkKeys() {
    for (int i = 0; i < fields.size(); i++) {
      String key = fields.key(i);
      if (!isKnown(key)) {
        throw new Rejection(
            RejectReason.BAD_SHAPE,
            "unknown key; known are model, version, inference_id, row, actual, prediction,"
                + " segments, time and what others call them",
            pointer + Json.pointerTo(key));
      }
      if (TIME_KEYS.contains(key) && Times.parse(fields.value(i)) == null) {
        throw new Rejection(
            RejectReason.BAD_SHAPE,
            "a time is neither ISO 8601 with offset nor seconds since 1970",
            pointer + Json.pointerTo(key));
      }
    }
  }

  static boolean isKnown(String key) {
    return ID_KEYS.contains(key)
        || OUTCOME_KEYS.contains(key)
        || PREDICTION_KEYS.contains(key)
        || TIME_KEYS.contains(key)
        || OTHER_KEYS.contains(key);
  }

  private static Rejection missing(String detail, String pointer) {
    return new Rejection(RejectReason.MISSING_FIELD, detail, pointer);
  }
}
