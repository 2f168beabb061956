package io.modeldrift.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * One mapping of the file, read key by key: every value is checked where it is read, and what is
 * wrong goes to the common list, so that all mistakes are told at once.
 *
 * <p>Asking for a key makes it known; {@link #close} reports the keys that nobody asked for. The
 * same calls, on an empty file, yield the list of all keys with their defaults.
 */
final class Section implements AutoCloseable {

  private final @Nullable JsonNode node;
  private final String path;
  private final String pattern;
  private final Reading reading;
  private final Set<String> known = new TreeSet<>();

  private Section(@Nullable JsonNode node, String path, String pattern, Reading reading) {
    this.path = path;
    this.pattern = pattern;
    this.reading = reading;
    if (node == null || node.isMissingNode() || isBlank(node)) {
      this.node = null;
    } else if (node.isObject()) {
      this.node = node;
    } else {
      this.node = null;
      reading.problems().add(path, "must be a mapping of keys, found " + describe(node));
    }
  }

  static Section root(@Nullable JsonNode node, Reading reading) {
    return new Section(node, "", "", reading);
  }

  String path() {
    return path;
  }

  /** Says that something is wrong with a key, or with the section if the key is empty. */
  void problem(String key, String message) {
    reading.problems().add(key.isEmpty() ? path : join(path, key), message);
  }

  /** Returns whether the file has this section. */
  boolean isPresent() {
    return node != null;
  }

  /** Returns what a constructor makes, or the fallback with its complaint as a problem. */
  <T> T checked(T fallback, Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      problem("", String.valueOf(e.getMessage()));
      return fallback;
    }
  }

  Optional<String> text(String key) {
    return textOr(key, "");
  }

  /** Reads a text; the fallback is only shown in the list of keys. */
  Optional<String> textOr(String key, String fallback) {
    return scalar(key, "text", fallback, text -> text.isBlank() ? null : text, "must not be empty");
  }

  int integer(String key, int fallback, int min, int max) {
    return scalar(
            key,
            "integer, " + range(min, max),
            fallback == Integer.MAX_VALUE ? "" : Integer.toString(fallback),
            text -> inRange(text, min, max),
            "must be an integer, " + range(min, max))
        .orElse(fallback);
  }

  double number(String key, double fallback, String range, Function<Double, Boolean> allowed) {
    return optionalNumber(key, trimmed(fallback), range, allowed).orElse(fallback);
  }

  Optional<Double> optionalNumber(
      String key, String fallback, String range, Function<Double, Boolean> allowed) {
    return scalar(
        key,
        "number in " + range,
        fallback,
        text -> allowedNumber(text, allowed),
        "must be a number in " + range);
  }

  boolean flag(String key) {
    return flag(key, false);
  }

  boolean flag(String key, boolean fallback) {
    return scalar(
            key,
            "true or false",
            Boolean.toString(fallback),
            text -> (text.equals("true") || text.equals("false")) ? Boolean.valueOf(text) : null,
            "must be true or false")
        .orElse(fallback);
  }

  Duration duration(String key, Duration fallback) {
    return scalar(
            key,
            "duration",
            fallback.isZero() ? "" : Quantities.format(fallback),
            text -> Quantities.duration(text).orElse(null),
            "must be a duration such as 30s, 5m or 1h30m")
        .orElse(fallback);
  }

  long bytes(String key, long fallback, long max) {
    return bytes(key, fallback, Quantities.formatBytes(fallback), max);
  }

  /** Reads a size whose fallback is not the same everywhere. */
  long bytes(String key, long fallback, String fallbackText, long max) {
    return scalar(
            key,
            "size, at most " + Quantities.formatBytes(max),
            fallbackText,
            text -> Quantities.bytes(text).filter(size -> size > 0 && size <= max).orElse(null),
            "must be a size such as 512KiB or 1MiB, at most " + Quantities.formatBytes(max))
        .orElse(fallback);
  }

  /** Reads one of a closed list of words. */
  <T> Optional<T> word(String key, Map<String, T> words, String fallback) {
    String allowed = String.join(", ", words.keySet());
    return scalar(key, "one of " + allowed, fallback, words::get, "must be one of " + allowed);
  }

  /** Reads a list of words of a closed list. */
  <T> List<T> words(String key, Map<String, T> words, List<T> fallback, String fallbackText) {
    String allowed = String.join(", ", words.keySet());
    List<String> texts = list(key, "list of " + allowed, fallbackText);
    if (texts.isEmpty()) {
      return fallback;
    }
    List<T> values = new ArrayList<>();
    for (String text : texts) {
      T value = words.get(text);
      if (value == null) {
        problem(key, "\"" + text + "\" must be one of " + allowed);
      } else {
        values.add(value);
      }
    }
    return values;
  }

  List<String> texts(String key) {
    return list(key, "list of texts", "");
  }

  /** Returns a path; a relative one is resolved against the directory. */
  Optional<Path> path(String key, Path directory) {
    return text(key).flatMap(text -> resolved(key, directory, text));
  }

  /** Returns paths; relative ones are resolved against the directory. */
  List<Path> paths(String key, Path directory) {
    return texts(key).stream().flatMap(text -> resolved(key, directory, text).stream()).toList();
  }

  private Optional<Path> resolved(String key, Path directory, String text) {
    try {
      return Optional.of(directory.resolve(text));
    } catch (InvalidPathException e) {
      problem(key, "is no path: " + e.getReason());
      return Optional.empty();
    }
  }

  List<Double> numbers(String key) {
    List<Double> numbers = new ArrayList<>();
    for (String text : list(key, "list of numbers", "")) {
      Double number = allowedNumber(text, x -> true);
      if (number == null) {
        problem(key, "\"" + text + "\" must be a number");
      } else {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** Returns the section below a key; an empty one if it is not there. */
  Section section(String key) {
    known.add(key);
    return new Section(
        node == null ? null : node.get(key), join(path, key), join(pattern, key), reading);
  }

  /** Returns the sections of a list; if it is empty, one to learn the keys from. */
  List<Section> sections(String key) {
    known.add(key);
    JsonNode list = node == null ? null : node.get(key);
    String elements = join(pattern, key) + "[]";
    List<Section> sections = new ArrayList<>();
    if (list != null && list.isArray()) {
      for (int i = 0; i < list.size(); i++) {
        sections.add(new Section(list.get(i), join(path, key) + "[" + i + "]", elements, reading));
      }
    } else if (list != null && !list.isNull()) {
      problem(key, "must be a list, found " + describe(list));
    }
    return sections;
  }

  /** Returns the sections of a mapping with free names, in order. */
  Map<String, Section> named(String key) {
    known.add(key);
    JsonNode mapping = node == null ? null : node.get(key);
    String elements = join(pattern, key) + ".*";
    Map<String, Section> sections = new LinkedHashMap<>();
    if (mapping != null && mapping.isObject()) {
      for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
        sections.put(
            entry.getKey(),
            new Section(
                entry.getValue(), join(path, key) + "." + entry.getKey(), elements, reading));
      }
    } else if (mapping != null && !mapping.isNull()) {
      problem(key, "must be a mapping from names, found " + describe(mapping));
    }
    return sections;
  }

  /** Returns whether the file says anything below a key, and makes the key known. */
  boolean has(String key) {
    known.add(key);
    JsonNode value = node == null ? null : node.get(key);
    return value != null && !isBlank(value) && !(value.isObject() && value.isEmpty());
  }

  /** Returns a mapping from free names to texts, in order. */
  Map<String, String> namedTexts(String key) {
    known.add(key);
    JsonNode mapping = node == null ? null : node.get(key);
    Map<String, String> texts = new LinkedHashMap<>();
    if (mapping == null || isBlank(mapping)) {
      return texts;
    }
    if (!mapping.isObject()) {
      problem(key, "must be a mapping from names to texts");
      return texts;
    }
    for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
      if (entry.getValue().isString()) {
        texts.put(entry.getKey(), entry.getValue().asString());
      } else {
        problem(key + "." + entry.getKey(), "must be a text");
      }
    }
    return texts;
  }

  /** YAML has two spellings of nothing behind a key. */
  private static boolean isBlank(JsonNode value) {
    return value.isNull() || (value.isString() && value.asString().isBlank());
  }

  /** Returns an empty section to learn keys from, as if the file had such an element. */
  Section template(String suffix) {
    return new Section(null, path + suffix, pattern + suffix, reading);
  }

  /** Returns the elements of a list as nodes; for lists of more than one kind of element. */
  List<JsonNode> elements(String key, String kind, String fallback) {
    register(key, kind, fallback);
    Optional<String> override = reading.overrides().find(join(path, key));
    if (override.isPresent()) {
      return Arrays.stream(override.get().split(",", -1))
          .map(text -> (JsonNode) StringNode.valueOf(text.trim()))
          .toList();
    }
    JsonNode list = node == null ? null : node.get(key);
    if (list == null || list.isNull()) {
      return List.of();
    }
    if (!list.isArray()) {
      problem(key, "must be a list, found " + describe(list));
      return List.of();
    }
    List<JsonNode> elements = new ArrayList<>();
    list.forEach(elements::add);
    return elements;
  }

  /** Returns the section of a list's element that is a mapping. */
  Section element(String key, int index, JsonNode element) {
    return new Section(
        element, join(path, key) + "[" + index + "]", join(pattern, key) + "[]", reading);
  }

  /** Reports every key that nobody asked for, with the nearest one that exists. */
  @Override
  public void close() {
    if (node == null) {
      return;
    }
    for (String key : node.propertyNames()) {
      if (!known.contains(key)) {
        String hint =
            Spelling.nearest(key, known)
                .map(word -> "did you mean " + word + "?")
                .orElse("allowed here: " + String.join(", ", known));
        problem(key, "unknown key; " + hint);
      }
    }
  }

  private List<String> list(String key, String kind, String fallback) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(key, kind, fallback)) {
      if (element.isValueNode() && !element.isNull()) {
        texts.add(element.asString());
      } else {
        problem(key, "must be a " + kind + ", found " + describe(element));
      }
    }
    return texts;
  }

  private <T> Optional<T> scalar(
      String key,
      String kind,
      String fallback,
      Function<String, @Nullable T> parser,
      String complaint) {
    register(key, kind, fallback);
    Optional<String> override = reading.overrides().find(join(path, key));
    if (override.isPresent()) {
      return parse(key, override.get(), parser, complaint);
    }
    JsonNode value = node == null ? null : node.get(key);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      problem(key, complaint + ", found " + describe(value));
      return Optional.empty();
    }
    return parse(key, value.asString(), parser, complaint);
  }

  private <T> Optional<T> parse(
      String key, String text, Function<String, @Nullable T> parser, String complaint) {
    T value = parser.apply(text);
    if (value == null) {
      problem(key, complaint + ", found \"" + text + "\"");
    }
    return Optional.ofNullable(value);
  }

  private void register(String key, String kind, String fallback) {
    known.add(key);
    reading.keys().add(new KnownKey(join(pattern, key), kind, fallback));
  }

  private static String range(int min, int max) {
    return max == Integer.MAX_VALUE ? "at least " + min : min + " to " + max;
  }

  private static @Nullable Integer inRange(String text, int min, int max) {
    try {
      int value = Integer.parseInt(text.trim());
      return (value >= min && value <= max) ? (Integer) value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Double allowedNumber(String text, Function<Double, Boolean> allowed) {
    try {
      double value = Double.parseDouble(text.trim());
      return Double.isFinite(value) && allowed.apply(value) ? (Double) value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String trimmed(double value) {
    String text = String.format(Locale.ROOT, "%s", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String describe(JsonNode node) {
    if (node.isObject()) {
      return "a mapping";
    }
    return node.isArray() ? "a list" : "\"" + node.asString() + "\"";
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
