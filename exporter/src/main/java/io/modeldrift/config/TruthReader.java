package io.modeldrift.config;

import io.modeldrift.observe.ColumnRules;
import io.modeldrift.truth.DetectorSettings;
import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import io.modeldrift.truth.ModelTruthSettings.Crossing;
import io.modeldrift.truth.OutputClasses;
import io.modeldrift.truth.OutputKind;
import io.modeldrift.truth.OutputSettings;
import io.modeldrift.truth.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads how ground truth is joined, and what single models predict. */
final class TruthReader {

  private static final Map<String, OutputKind> KINDS = new TreeMap<>();

  private static final Map<String, DetectorSettings.Kind> DETECTORS = new LinkedHashMap<>();

  static {
    for (DetectorSettings.Kind kind : DetectorSettings.Kind.values()) {
      DETECTORS.put(kind.label(), kind);
    }
    for (OutputKind kind : OutputKind.values()) {
      KINDS.put(kind.label(), kind);
    }
  }

  private TruthReader() {}

  /** Reads where predictions wait; a relative path is resolved against the directory. */
  static StoreSettings store(Section root, Path directory) {
    StoreSettings defaults = StoreSettings.defaults();
    try (Section section = root.section("ground_truth")) {
      @Nullable Path path = section.path("path", directory).orElse(null);
      int entries =
          section.integer("max_entries", defaults.maxEntries(), 1, StoreSettings.MOST_ENTRIES);
      long bytes = section.bytes("max_bytes", defaults.maxBytes(), 1L << 40);
      Duration horizon = section.duration("horizon", defaults.horizon());
      Duration hold = section.duration("hold", defaults.hold());
      return section.checked(
          defaults, () -> new StoreSettings(path, entries, bytes, horizon, hold));
    }
  }

  /** Reads what a model predicts, and by which columns its performance is told apart. */
  static ModelTruthSettings model(
      Section model, List<Attribute> groups, Map<String, ColumnRules> rules) {
    OutputSettings output = output(model);
    List<String> segments = model.texts("segments");
    List<Attribute> attributes = new ArrayList<>();
    for (String column : segments) {
      boolean sensitive = groups.stream().anyMatch(group -> group.column().equals(column));
      if (!sensitive) {
        attributes.add(
            new Attribute(
                column, true, false, rules.getOrDefault(column, ColumnRules.none()).allowed(), ""));
      }
    }
    for (Attribute group : groups) {
      attributes.add(
          new Attribute(
              group.column(),
              segments.contains(group.column()),
              true,
              group.names(),
              group.reference()));
    }
    return new ModelTruthSettings(output, attributes, crossings(model, groups), detectors(model));
  }

  /** Reads which sensitive columns are crossed, each line like {@code gender & age}. */
  private static List<Crossing> crossings(Section model, List<Attribute> groups) {
    List<String> sensitive = groups.stream().map(Attribute::column).toList();
    List<Crossing> crossings = new ArrayList<>();
    for (String text : model.texts("crossed")) {
      List<String> columns = Arrays.stream(text.split("&", -1)).map(String::strip).toList();
      List<String> distinct = columns.stream().distinct().toList();
      if (distinct.size() < 2 || distinct.size() < columns.size()) {
        model.problem("crossed", "\"" + text + "\" must name columns with & between them");
      } else if (!sensitive.containsAll(columns)) {
        model.problem("crossed", "\"" + text + "\" may only name columns with sensitive: true");
      } else {
        crossings.add(new Crossing(columns));
      }
    }
    return crossings;
  }

  private static DetectorSettings detectors(Section model) {
    DetectorSettings defaults = DetectorSettings.defaults();
    try (Section section = model.section("concept_drift")) {
      List<DetectorSettings.Kind> kinds =
          section.words("detectors", DETECTORS, defaults.detectors(), "adwin");
      int rows =
          section.integer("expected_run_rows", defaults.expectedRunRows(), 1000, Integer.MAX_VALUE);
      return new DetectorSettings(kinds, rows);
    }
  }

  private static OutputSettings output(Section model) {
    try (Section section = model.section("output")) {
      @Nullable OutputKind kind = section.word("kind", KINDS, "from the baseline").orElse(null);
      String score = section.text("score").orElse("");
      String decision = section.text("decision").orElse("");
      double threshold =
          section.number(
              "threshold", OutputSettings.DEFAULT_THRESHOLD, "[0, 1]", x -> x >= 0 && x <= 1);
      String positive = section.text("positive").orElse("");
      boolean calibrated = section.flag("calibrated");
      List<String> classes = section.texts("classes");
      List<String> probabilities = section.texts("probabilities");
      List<String> favourable = section.texts("favourable");
      return section.checked(
          OutputSettings.defaults(),
          () ->
              new OutputSettings(
                  kind,
                  score,
                  decision,
                  threshold,
                  positive,
                  calibrated,
                  new OutputClasses(classes, probabilities, favourable)));
    }
  }

  /** Reads whether the values of a column are groups that are to be treated alike. */
  static Optional<Attribute> group(String name, Section column) {
    boolean sensitive = column.flag("sensitive");
    String reference = column.text("reference").orElse("");
    List<String> allowed = column.texts("allowed");
    if (!sensitive && !reference.isEmpty()) {
      column.problem("reference", "needs sensitive: true beside it");
    }
    return sensitive
        ? Optional.of(new Attribute(name, false, true, allowed, reference))
        : Optional.empty();
  }
}
