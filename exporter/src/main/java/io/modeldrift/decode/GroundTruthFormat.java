package io.modeldrift.decode;

import io.modeldrift.decode.Route.Kind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.IdText;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes: the exporter's own records, SageMaker's ground truth and Seldon's feedback.
 *
 * <p>At their own door all or nothing: a record that cannot be read rejects the payload with a
 * pointer to it. Among mirrored traffic only what belongs to SageMaker or Seldon is recognised.
 */
final class GroundTruthFormat implements JsonFormat {

  private final DecodeSettings settings;
  private final Bench scratch;
  private final SeldonFormat seldon;

  GroundTruthFormat(Bench bench) {
    this.settings = bench.settings();
    this.scratch = new Bench(settings);
    this.seldon = new SeldonFormat(scratch, message -> unreadable());
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.GROUND_TRUTH;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return isOutcome(body) || message.route().kind() == Kind.SELDON_FEEDBACK;
  }

  /** Whether it says so itself, whatever it was posted to. */
  static boolean isOutcome(JsonOutline body) {
    return isSagemaker(body) || isFeedback(body);
  }

  private static boolean isSagemaker(JsonOutline body) {
    return body.has("groundTruthData");
  }

  private static boolean isFeedback(JsonOutline body) {
    return body.has("response") && (body.has("truth") || body.has("reward"));
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    TruthList list = new TruthList(settings.maxRows());
    if (isSagemaker(body)) {
      addSagemaker(list, body, message, "");
    } else if (body.findGiven("truth") != null) {
      addFeedback(list, body, message, "");
    } else {
      return new Decoded.Ignored(Protocol.GROUND_TRUTH, IgnoreReason.NOT_INFERENCE); // a reward
    }
    return list.result();
  }

  /** Decodes a payload of the door for outcomes. */
  Decoded decode(Message message) {
    Slice body = message.body();
    int start = JsonScan.skipBlank(body, body.from());
    TruthList list = new TruthList(settings.maxRows());
    if (start == body.to()) {
      return list.result();
    }
    byte first = body.at(start);
    if (first == '{' || first == '[') {
      JsonRecords.each(body, (fields, pointer) -> addRecord(list, fields, message, pointer));
    } else {
      TruthCsv.addTo(list, message);
    }
    return list.result();
  }

  private void addRecord(TruthList list, JsonOutline fields, Message message, String pointer) {
    if (isSagemaker(fields)) {
      addSagemaker(list, fields, message, pointer);
    } else if (isFeedback(fields)) {
      addFeedback(list, fields, message, pointer);
    } else {
      TruthRecord.addTo(list, fields, message, pointer);
    }
  }

  /** The id is that of the inference if the client gave one, else that of the capture. */
  private static void addSagemaker(
      TruthList list, JsonOutline fields, Message message, String pointer) {
    JsonOutline data = object(fields, "groundTruthData", pointer);
    JsonOutline event = object(fields, "eventMetadata", pointer);
    List<String> ids = new ArrayList<>();
    for (String key : List.of("eventId", "inferenceId")) {
      if (!event.text(key).isBlank()) {
        ids.add(IdText.bounded(event.text(key)));
      }
    }
    if (ids.isEmpty()) {
      throw new Rejection(
          RejectReason.MISSING_FIELD, "eventId is missing", pointer + "/eventMetadata");
    }
    String place = pointer + "/groundTruthData/data";
    CsvReader csv = new CsvReader(decoded(data, place));
    CsvLine cells = new CsvLine();
    int row = 0;
    while (csv.next(cells)) {
      Value outcome = TruthValues.ofCell(cells.trimmed(0), place);
      list.add(
          new GroundTruth(model(message), "", ids, row++, outcome, Map.of(), Map.of()), pointer);
    }
    if (row == 0) {
      list.add(new GroundTruth(model(message), "", ids, 0, null, Map.of(), Map.of()), pointer);
    }
  }

  private static String decoded(JsonOutline data, String place) {
    String text = data.text("data");
    return data.text("encoding").equals("BASE64")
        ? new String(toBytes(Base64Text.decode(text, place)), StandardCharsets.UTF_8)
        : text;
  }

  private static byte[] toBytes(Slice slice) {
    return Arrays.copyOfRange(slice.bytes(), slice.from(), slice.to());
  }

  private static JsonOutline object(JsonOutline fields, String key, String pointer) {
    Slice value = fields.findGiven(key);
    if (value == null || !Json.isObject(value)) {
      throw new Rejection(RejectReason.BAD_SHAPE, key + " is not an object", pointer + "/" + key);
    }
    return JsonOutline.of(value, 2);
  }

  /** Each row of the truth is held against the same row of the response that comes along. */
  private void addFeedback(TruthList list, JsonOutline fields, Message message, String pointer) {
    List<Map<String, Value>> outcomes = rows(fields.findGiven("truth"), message, pointer);
    List<Map<String, Value>> answers = rows(fields.findGiven("response"), message, pointer);
    List<String> ids = feedbackIds(fields, message);
    if (answers.isEmpty() && ids.isEmpty()) {
      throw new Rejection(
          RejectReason.MISSING_FIELD, "feedback has neither a response nor a puid", pointer);
    }
    if (!answers.isEmpty() && answers.size() != outcomes.size()) {
      throw new Rejection(
          RejectReason.BAD_SHAPE, "truth and response differ in rows", pointer + "/truth");
    }
    for (int row = 0; row < outcomes.size(); row++) {
      Map<String, Value> answer = answers.isEmpty() ? Map.of() : split(answers.get(row));
      list.add(
          new GroundTruth(model(message), "", ids, row, only(outcomes.get(row)), answer, Map.of()),
          pointer + "/truth");
    }
  }

  private List<Map<String, Value>> rows(@Nullable Slice part, Message message, String pointer) {
    if (part == null || !Json.isObject(part)) {
      return List.of();
    }
    scratch.clear();
    Message inside =
        message.inside(message.envelope().withHalf(Half.RESPONSE), message.headers(), part);
    JsonOutline outline = JsonOutline.of(part, 2);
    if (!seldon.recognises(outline, inside)) {
      return List.of();
    }
    Decoded decoded = seldon.decode(outline, inside);
    if (decoded instanceof Decoded.Rejected rejected) {
      throw new Rejection(rejected.reason(), rejected.detail(), pointer + rejected.pointer());
    }
    return decoded instanceof Decoded.Inferences inferences
        ? rows(inferences.batches().get(0))
        : List.of();
  }

  private static List<Map<String, Value>> rows(InferenceBatch batch) {
    List<Map<String, Value>> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      Map<String, Value> values = new LinkedHashMap<>();
      for (Column column : batch.columns(Role.OUTPUT)) {
        Value value = TruthValues.ofCell(column, row);
        if (value != null) {
          values.put(column.name(), value);
        }
      }
      rows.add(values);
    }
    return rows;
  }

  /** A truth of one value is that value; several are one mark a class, and the highest counts. */
  private static @Nullable Value only(Map<String, Value> values) {
    if (values.size() == 1) {
      return values.values().iterator().next();
    }
    int highest = highest(values);
    return highest < 0 ? null : new Value.Numeric(highest);
  }

  /** Adds class and probability to a response that has one probability a class. */
  private static Map<String, Value> split(Map<String, Value> values) {
    Map<String, Value> answer = new LinkedHashMap<>(values);
    if (values.size() == 1) {
      answer.put(GroundTruth.UNNAMED, values.values().iterator().next());
      return answer;
    }
    int highest = highest(values);
    if (highest >= 0) {
      answer.put(GroundTruth.LABEL, new Value.Numeric(highest));
    }
    if (highest >= 0 && values.size() == 2) {
      answer.put(GroundTruth.SCORE, new ArrayList<>(values.values()).get(1));
    }
    return answer;
  }

  private static int highest(Map<String, Value> values) {
    int index = 0;
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (Value value : values.values()) {
      double number = value.asNumber().orElse(Double.NEGATIVE_INFINITY);
      if (number > most) {
        best = index;
        most = number;
      }
      index++;
    }
    return best;
  }

  private static List<String> feedbackIds(JsonOutline fields, Message message) {
    List<String> ids = new ArrayList<>();
    for (String part : List.of("response", "request")) {
      Slice value = fields.findGiven(part);
      JsonOutline outline = value == null ? null : JsonOutline.ofObject(value, 2);
      Slice meta = outline == null ? null : outline.findGiven("meta");
      JsonOutline metadata = meta == null ? null : JsonOutline.ofObject(meta, 3);
      if (metadata != null) {
        ids.add(metadata.text("puid"));
      }
    }
    ids.add(message.envelope().inferenceId());
    ids.add(message.headers().get("Seldon-Puid"));
    return ids.stream().filter(id -> !id.isBlank()).map(IdText::bounded).distinct().toList();
  }

  private static String model(Message message) {
    return Identification.firstGiven(
        message.envelope().model(), message.route().model(), message.headers().get("X-Model-Name"));
  }

  private static Decoded unreadable() {
    return new Decoded.Rejected(
        Protocol.GROUND_TRUTH, RejectReason.UNSUPPORTED, "data of this kind has no class", "");
  }
}
