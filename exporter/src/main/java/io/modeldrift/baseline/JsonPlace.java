package io.modeldrift.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A value in a JSON document together with the place where it stands, for messages. */
final class JsonPlace {

  private final String file;
  private final String pointer;
  private final JsonNode node;

  private JsonPlace(String file, String pointer, JsonNode node) {
    this.file = file;
    this.pointer = pointer;
    this.node = node;
  }

  static JsonPlace root(String file, JsonNode node) {
    return new JsonPlace(file, "", node);
  }

  /** Refuses the file because of what stands here. */
  BaselineFormatException wrong(String reason) {
    return new BaselineFormatException(
        file + (pointer.isEmpty() ? "" : ": " + pointer) + ": " + reason);
  }

  /** Refuses what is not an object, and keys that nobody would read. */
  void hasOnly(String... keys) throws BaselineFormatException {
    if (!node.isObject()) {
      throw wrong("expected an object, found " + kind());
    }
    for (String key : node.propertyNames()) {
      if (!Arrays.asList(keys).contains(key)) {
        throw child(key).wrong("unknown key");
      }
    }
  }

  /** Returns the keys of an object, in order. */
  List<String> keys() throws BaselineFormatException {
    if (!node.isObject()) {
      throw wrong("expected an object, found " + kind());
    }
    return List.copyOf(node.propertyNames());
  }

  boolean has(String key) {
    return node.has(key);
  }

  JsonPlace get(String key) throws BaselineFormatException {
    if (!node.has(key)) {
      throw wrong("\"" + key + "\" is missing");
    }
    return child(key);
  }

  @Nullable JsonPlace find(String key) {
    return node.has(key) ? child(key) : null;
  }

  List<JsonPlace> items() throws BaselineFormatException {
    if (!node.isArray()) {
      throw wrong("expected an array, found " + kind());
    }
    List<JsonPlace> items = new ArrayList<>();
    for (JsonNode item : node) {
      items.add(new JsonPlace(file, pointer + "/" + items.size(), item));
    }
    return items;
  }

  String text() throws BaselineFormatException {
    if (!node.isString()) {
      throw wrong("expected a text, found " + kind());
    }
    return node.stringValue();
  }

  /** Returns a whole number of at least 0. */
  long count() throws BaselineFormatException {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw wrong("expected a whole number of at least 0, found " + shown());
    }
    return node.longValue();
  }

  /** Returns a number; the ones that JSON does not have are texts. */
  double number() throws BaselineFormatException {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return switch (node.isString() ? node.stringValue() : "") {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw wrong("expected a number, found " + shown());
    };
  }

  double finite() throws BaselineFormatException {
    double number = number();
    if (!Double.isFinite(number)) {
      throw wrong("expected a finite number, found " + shown());
    }
    return number;
  }

  private JsonPlace child(String key) {
    return new JsonPlace(file, pointer + "/" + key, node.path(key));
  }

  private String shown() {
    return node.isNumber() || node.isBoolean() ? node.toString() : kind();
  }

  private String kind() {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      default -> "null";
    };
  }
}
