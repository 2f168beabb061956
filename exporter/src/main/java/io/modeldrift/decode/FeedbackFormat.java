package io.modeldrift.decode;

import io.modeldrift.inference.Feedback;
import io.modeldrift.inference.Feedback.Kind;
import io.modeldrift.inference.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What end users say: one object, an array, or one a line.
 *
 * <pre>{@code
 * {"model": "credit", "thumbs": "down"}
 * {"model": "credit", "rating": 4}
 * {"model": "credit", "inference_id": "a1", "correction": "approved"}
 * }</pre>
 *
 * <p>All or nothing: a record that cannot be read rejects the payload with a pointer to it.
 */
final class FeedbackFormat {

  private static final List<String> KEYS =
      List.of("model", "version", "row", "thumbs", "rating", "correction", "time");
  private static final List<String> OPINIONS = List.of("thumbs", "rating", "correction");

  private final int limit;

  /**
   * @param limit most records in one payload
   */
  FeedbackFormat(int limit) {
    this.limit = limit;
  }

  Decoded decode(Message message) {
    List<Feedback> feedback = new ArrayList<>();
    List<String> places = new ArrayList<>();
    JsonRecords.each(
        message.body(),
        (fields, pointer) -> {
          if (feedback.size() == limit) {
            throw new Rejection(RejectReason.TOO_LARGE, "more than " + limit + " records");
          }
          feedback.add(feedback(fields, pointer));
          places.add(pointer);
        });
    return feedback.isEmpty()
        ? new Decoded.Ignored(Protocol.FEEDBACK, IgnoreReason.EMPTY)
        : new Decoded.Opinions(Protocol.FEEDBACK, feedback, places);
  }

  private static Feedback feedback(JsonOutline fields, String pointer) {
    checkKeys(fields, pointer);
    List<String> given = OPINIONS.stream().filter(key -> fields.findGiven(key) != null).toList();
    if (given.size() != 1) {
      throw new Rejection(
          given.isEmpty() ? RejectReason.MISSING_FIELD : RejectReason.AMBIGUOUS,
          "a record needs exactly one of thumbs, rating and correction",
          pointer);
    }
    String model = RecordFields.text(fields, "model", pointer);
    if (model.isBlank()) {
      throw new Rejection(RejectReason.MISSING_FIELD, "model is missing", pointer);
    }
    String key = given.get(0);
    String place = pointer + "/" + key;
    Value said = TruthValues.ofJson(given(fields, key), place);
    Kind kind = kind(key, said, place);
    return new Feedback(
        model,
        RecordFields.text(fields, "version", pointer),
        id(fields, pointer),
        RecordFields.row(fields, pointer),
        kind,
        kind == Kind.CORRECTION ? said : null);
  }

  private static Kind kind(String key, @Nullable Value said, String place) {
    return switch (key) {
      case "thumbs" -> thumbs(said, place);
      case "rating" -> rating(said, place);
      default -> {
        if (said == null) {
          throw new Rejection(RejectReason.BAD_SHAPE, "a correction is empty", place);
        }
        yield Kind.CORRECTION;
      }
    };
  }

  private static Kind thumbs(@Nullable Value said, String place) {
    if (said instanceof Value.Named named && named.name().equals("up")) {
      return Kind.THUMBS_UP;
    }
    if (said instanceof Value.Named named && named.name().equals("down")) {
      return Kind.THUMBS_DOWN;
    }
    throw new Rejection(RejectReason.BAD_SHAPE, "thumbs is neither up nor down", place);
  }

  private static Kind rating(@Nullable Value said, String place) {
    double stars = said instanceof Value.Numeric numeric ? numeric.number() : 0;
    if (stars < 1 || stars > Feedback.BEST_RATING || stars != Math.rint(stars)) {
      throw new Rejection(
          RejectReason.BAD_SHAPE,
          "a rating is not a whole number from 1 to " + Feedback.BEST_RATING,
          place);
    }
    return Kind.ofRating((int) stars);
  }

  private static String id(JsonOutline fields, String pointer) {
    for (String key : TruthRecord.ID_KEYS) {
      String id = RecordFields.text(fields, key, pointer);
      if (!id.isBlank()) {
        return id;
      }
    }
    return "";
  }

  private static Slice given(JsonOutline fields, String key) {
    Slice value = fields.findGiven(key);
    if (value == null) {
      throw new IllegalStateException(key + " was given a moment ago");
    }
    return value;
  }

  private static void checkKeys(JsonOutline fields, String pointer) {
    for (int i = 0; i < fields.size(); i++) {
      String key = fields.key(i);
      if (!KEYS.contains(key) && !TruthRecord.ID_KEYS.contains(key)) {
        throw new Rejection(
            RejectReason.BAD_SHAPE,
            "unknown key; known are model, version, inference_id, row, thumbs, rating, correction"
                + " and time",
            pointer + Json.pointerTo(key));
      }
    }
  }
}
