package io.modeldrift.baseline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Ground truth as it stands in a baseline file. */
final class TruthJson {

  private TruthJson() {}

  static ObjectNode of(BaselineTruth truth) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", truth.kind());
    if (!truth.classes().isEmpty()) {
      ArrayNode classes = json.putArray("classes");
      truth.classes().forEach(classes::add);
    }
    json.put("threshold", truth.threshold());
    json.put("centre", truth.centre());
    ObjectNode segments = json.putObject("segments");
    truth.segments().forEach((name, numbers) -> put(segments.putArray(name), numbers));
    truth.scores().ifPresent(scores -> put(json.putObject("scores"), scores));
    truth.largeError().ifPresent(error -> json.put("large_error", error));
    return json;
  }

  private static void put(ObjectNode json, BaselineTruth.Scores scores) {
    json.put("lowest", scores.lowest());
    json.put("highest", scores.highest());
    put(json.putArray("edges"), scores.edges());
    put(json.putArray("positives"), scores.positives());
    put(json.putArray("negatives"), scores.negatives());
    put(json.putArray("sums"), scores.sums());
    put(json.putArray("losses"), scores.losses());
  }

  /** Whole numbers are written as such: they are counts, and a person reads them. */
  private static void put(ArrayNode array, List<Double> numbers) {
    for (double number : numbers) {
      if (number == Math.rint(number) && Math.abs(number) < 1L << 53) {
        array.add((long) number);
      } else {
        array.add(number);
      }
    }
  }

  static BaselineTruth read(JsonPlace place) throws BaselineFormatException {
    place.hasOnly("kind", "classes", "threshold", "centre", "segments", "scores", "large_error");
    List<String> classes = new ArrayList<>();
    JsonPlace names = place.find("classes");
    if (names != null) {
      for (JsonPlace name : names.items()) {
        classes.add(name.text());
      }
    }
    Map<String, List<Double>> segments = new LinkedHashMap<>();
    JsonPlace all = place.get("segments");
    for (String name : all.keys()) {
      segments.put(name, numbers(all.get(name)));
    }
    JsonPlace scores = place.find("scores");
    JsonPlace largeError = place.find("large_error");
    try {
      return new BaselineTruth(
          place.get("kind").text(),
          classes,
          place.get("threshold").finite(),
          place.get("centre").finite(),
          segments,
          scores == null ? Optional.empty() : Optional.of(scores(scores)),
          largeError == null ? OptionalDouble.empty() : OptionalDouble.of(largeError.finite()));
    } catch (IllegalArgumentException e) {
      throw place.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static BaselineTruth.Scores scores(JsonPlace place) throws BaselineFormatException {
    place.hasOnly("lowest", "highest", "edges", "positives", "negatives", "sums", "losses");
    return new BaselineTruth.Scores(
        numbers(place.get("edges")),
        place.get("lowest").finite(),
        place.get("highest").finite(),
        numbers(place.get("positives")),
        numbers(place.get("negatives")),
        numbers(place.get("sums")),
        numbers(place.get("losses")));
  }

  private static List<Double> numbers(JsonPlace place) throws BaselineFormatException {
    List<Double> numbers = new ArrayList<>();
    for (JsonPlace item : place.items()) {
      numbers.add(item.finite());
    }
    return numbers;
  }
}
