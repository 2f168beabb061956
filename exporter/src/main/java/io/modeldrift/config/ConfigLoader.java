package io.modeldrift.config;

import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.decode.DecodeSettings;
import io.modeldrift.decode.ModelDecoding;
import io.modeldrift.evaluate.DriftSettings;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.evaluate.FairnessSettings;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.ingest.IngestSettings;
import io.modeldrift.observe.ObserveSettings;
import io.modeldrift.observe.PairingSettings;
import io.modeldrift.statistics.GroupLimits;
import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.ReviewSettings;
import io.modeldrift.truth.StoreSettings;
import io.modeldrift.truth.TruthSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads the configuration: the file, then flags and environment on top, then the defaults.
 *
 * <p>Everything that is wrong is told at once. Nothing is required: without a file the defaults
 * hold.
 */
public final class ConfigLoader {

  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private static final long MOST_PASSED_OVER = 1_000;

  private final Section root;
  private final Path directory;

  private ConfigLoader(@Nullable JsonNode tree, Path directory, Reading reading) {
    this.root = Section.root(tree, reading);
    this.directory = directory;
  }

  /**
   * Returns the settings.
   *
   * @param file the YAML file; empty if there is none
   * @throws ConfigException if anything is wrong, with one line per mistake
   */
  public static ExporterSettings load(Optional<Path> file, Overrides overrides)
      throws ConfigException {
    Reading reading = new Reading(overrides);
    @Nullable JsonNode tree = file.isPresent() ? parse(file.get()) : null;
    Path directory =
        file.map(Path::toAbsolutePath).map(Path::getParent).orElseGet(() -> Path.of(""));
    ExporterSettings settings = new ConfigLoader(tree, directory, reading).read();
    overrides.reportUnused(reading.problems());
    reading.problems().throwIfAny();
    return settings;
  }

  /** Returns every key that the file may have, with its kind and default, in order. */
  public static List<KnownKey> knownKeys() {
    Reading reading = new Reading(Overrides.none());
    new ConfigLoader(null, Path.of(""), reading).read();
    return List.copyOf(reading.keys());
  }

  private static @Nullable JsonNode parse(Path file) throws ConfigException {
    return parse(file, true);
  }

  /** Reads a file whose text must not be quoted in messages; null if it is empty. */
  static @Nullable JsonNode parseSecret(Path file) throws ConfigException {
    return parse(file, false);
  }

  private static @Nullable JsonNode parse(Path file, boolean quotable) throws ConfigException {
    try {
      JsonNode tree = YAML.readTree(Files.readString(file));
      return tree.isMissingNode() ? null : tree;
    } catch (JacksonException e) {
      String what = quotable ? "not YAML: " + e.getOriginalMessage() : "not YAML";
      throw new ConfigException(List.of(file + ":" + e.getLocation().getLineNr() + ": " + what));
    } catch (NoSuchFileException e) {
      throw new ConfigException(List.of(file + ": no such file"));
    } catch (IOException e) {
      throw new ConfigException(List.of(file + ": cannot be read: " + e));
    }
  }

  private ExporterSettings read() {
    try (root) {
      IngestSettings ingest;
      AccessSettings access;
      try (Section section = root.section("ingest")) {
        access = new AccessReader(root, directory).read(section);
        ingest = ingest(section);
      }
      ObserveSettings observeDefaults = ObserveSettings.defaults();
      var windows = WindowsReader.read(root, observeDefaults.windows());
      int learningRows = learningRows(observeDefaults);
      int maxModels = maxModels(observeDefaults);
      BaselineSettings learning = learning();
      EvaluationSettings evaluation = evaluation();
      DriftSettings drift = drift();
      StoreSettings store = TruthReader.store(root, directory);
      ReviewSettings reviews = PeopleReader.reviews(root, directory);
      boolean trustCorrections = PeopleReader.trustsCorrections(root);
      List<ModelConfig> models = models(drift, learning);
      ObserveSettings.Model unconfigured = new ObserveSettings.Model(null, learning, Map.of());
      return new ExporterSettings(
          access,
          log(),
          ingest,
          storage(),
          decode(models),
          new ObserveSettings(
              windows, learningRows, maxModels, model -> observed(models, model, unconfigured)),
          evaluation.withDrift(drift, byKey(models)),
          pairing(models),
          new TruthSettings(store, windows, model -> truth(models, model), maxModels),
          new PeopleSettings(reviews, model -> sampling(models, model), trustCorrections),
          ContextReader.read(root, models),
          models.stream()
              .filter(model -> model.observe().baseline() != null)
              .map(ModelConfig::expected)
              .toList());
    }
  }

  private static IngestSettings ingest(Section section) {
    IngestSettings defaults = IngestSettings.defaults();
    long queueBytes =
        section.bytes("queue_size", defaults.queueBytes(), "heap / 16, 2MiB to 32MiB", 16L << 30);
    int queueEntries = section.integer("queue_entries", defaults.queueEntries(), 1, 10_000_000);
    long bodyBytes = section.bytes("body_size", defaults.bodyBytes(), 1L << 30);
    int threads = section.integer("observer_threads", defaults.observerThreads(), 1, 64);
    Duration readTimeout = section.duration("read_timeout", defaults.readTimeout());
    Duration drainTimeout = section.duration("drain_timeout", defaults.drainTimeout());
    int oneIn = oneIn(section);
    return section.checked(
        defaults,
        () ->
            new IngestSettings(
                queueBytes,
                queueEntries,
                (int) bodyBytes,
                threads,
                readTimeout,
                drainTimeout,
                oneIn));
  }

  private LogSettings log() {
    Map<String, LogSettings.Format> formats = new LinkedHashMap<>();
    formats.put("text", LogSettings.Format.TEXT);
    formats.put("json", LogSettings.Format.JSON);
    Map<String, LogSettings.Level> levels = new LinkedHashMap<>();
    for (LogSettings.Level level : LogSettings.Level.values()) {
      levels.put(level.word(), level);
    }
    try (Section section = root.section("log")) {
      return new LogSettings(
          section.word("format", formats, "text").orElse(LogSettings.Format.TEXT),
          section.word("level", levels, "info").orElse(LogSettings.Level.INFO));
    }
  }

  private StorageSettings storage() {
    StorageSettings defaults = StorageSettings.inMemory();
    try (Section section = root.section("storage")) {
      Optional<Path> path = section.path("path", directory);
      Duration interval = section.duration("interval", defaults.interval());
      return section.checked(defaults, () -> new StorageSettings(path, interval));
    }
  }

  /** Rows are counted as many times as payloads are passed over, so it has to be a whole number. */
  private static int oneIn(Section section) {
    double share = section.number("sample", 1, "(0, 1]", x -> x > 0 && x <= 1);
    long oneIn = Math.round(1 / share);
    if (oneIn > MOST_PASSED_OVER || Math.abs(oneIn * share - 1) > 1e-6) {
      section.problem("sample", "must be one in a whole number up to 1000: 0.5, 0.1, 0.01 …");
      return 1;
    }
    return (int) oneIn;
  }

  private DecodeSettings decode(List<ModelConfig> models) {
    DecodeSettings defaults = DecodeSettings.defaults();
    Map<String, ModelDecoding> byName = new HashMap<>();
    models.forEach(model -> addDecoding(byName, model));
    try (Section section = root.section("decode")) {
      long bytes =
          section.bytes(
              "decompressed_size", defaults.maxBytes(), "heap / 24, 1MiB to 8MiB", 1L << 30);
      int rows = section.integer("rows", defaults.maxRows(), 1, 10_000_000);
      int features =
          section.integer("features", defaults.maxFeatures(), 1, InferenceBatch.MAX_COLUMNS);
      String model = section.textOr("default_model", ModelKey.UNKNOWN).orElse(ModelKey.UNKNOWN);
      return new DecodeSettings(
          (int) bytes, rows, features, defaults.maxCells(), ModelKey.of(model), byName);
    }
  }

  /** Traffic is decoded before its version is known; entries that say nothing follow the others. */
  private void addDecoding(Map<String, ModelDecoding> byName, ModelConfig model) {
    if (model.decoding().equals(ModelDecoding.defaults())) {
      return;
    }
    ModelDecoding other = byName.putIfAbsent(model.name(), model.decoding());
    if (other != null && !other.equals(model.decoding())) {
      root.problem(
          "models",
          "two entries of model "
              + model.name()
              + " say differently how to read it; features, outputs, bare_features, rank1,"
              + " csv_header, tensor_columns and raw_input hold for all its versions");
    }
  }

  private int learningRows(ObserveSettings defaults) {
    try (Section section = root.section("learning")) {
      return section.integer("rows", defaults.learningRows(), 100, 1_000_000);
    }
  }

  private int maxModels(ObserveSettings defaults) {
    try (Section section = root.section("limits")) {
      return section.integer("models", defaults.maxModels(), 1, 10_000);
    }
  }

  private BaselineSettings learning() {
    BaselineSettings defaults = BaselineSettings.withDefaults();
    try (Section section = root.section("baseline")) {
      int bins = section.integer("bins", defaults.bins(), 2, 16);
      int categories = section.integer("categories", defaults.top(), 1, 500);
      int minRows =
          section.integer("category_min_rows", (int) defaults.minRows(), 1, Integer.MAX_VALUE);
      int chunks = section.integer("chunks", defaults.chunks(), 0, 200);
      return defaults.withBins(bins).withCategories(categories, minRows).withChunks(chunks);
    }
  }

  private EvaluationSettings evaluation() {
    EvaluationSettings defaults = EvaluationSettings.withDefaults();
    FairnessSettings fairness = fairness();
    try (Section section = root.section("evaluation")) {
      Duration interval = section.duration("interval", defaults.interval());
      return section.checked(
          defaults,
          () -> new EvaluationSettings(interval, defaults.defaults(), Map.of(), fairness));
    }
  }

  private FairnessSettings fairness() {
    FairnessSettings defaults = FairnessSettings.withDefaults();
    GroupLimits limits = defaults.limits();
    try (Section section = root.section("fairness")) {
      int rows =
          section.integer("min_group_rows", (int) limits.minGroupRows(), 1, Integer.MAX_VALUE);
      int outcomes =
          section.integer("min_denominator", (int) limits.minDenominator(), 1, Integer.MAX_VALUE);
      double tolerance =
          section.number("tolerance", defaults.tolerance(), "[0, 1)", x -> x >= 0 && x < 1);
      return new FairnessSettings(new GroupLimits(rows, outcomes), tolerance);
    }
  }

  private DriftSettings drift() {
    try (Section section = root.section("drift")) {
      return DriftReader.read(section, DriftSettings.withDefaults(), Map.of());
    }
  }

  private List<ModelConfig> models(DriftSettings drift, BaselineSettings learning) {
    ModelReader reader = new ModelReader(directory, drift, learning);
    reader.learnKeys(root);
    List<ModelConfig> models = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Section section : root.sections("models")) {
      try (section) {
        ModelConfig model = reader.read(section);
        if (!seen.add(model.driftKey())) {
          section.problem("name", "model " + model.driftKey() + " is configured twice");
        }
        models.add(model);
      }
    }
    return models;
  }

  private static ObserveSettings.Model observed(
      List<ModelConfig> models, ModelKey key, ObserveSettings.Model unconfigured) {
    return find(models, key).map(ModelConfig::observe).orElse(unconfigured);
  }

  /** Halves keep their rows only where something needs inputs beside predictions. */
  private static PairingSettings pairing(List<ModelConfig> models) {
    boolean needed =
        models.stream()
            .anyMatch(model -> !model.truth().attributes().isEmpty() || model.reviews().isOn());
    return PairingSettings.defaults().withKeepRows(needed);
  }

  private static ModelTruthSettings truth(List<ModelConfig> models, ModelKey key) {
    return find(models, key).map(ModelConfig::truth).orElse(ModelTruthSettings.defaults());
  }

  private static ReviewSettings.Sampling sampling(List<ModelConfig> models, ModelKey key) {
    return find(models, key).map(ModelConfig::reviews).orElse(ReviewSettings.Sampling.nothing());
  }

  /** Returns the entry for this version, else the one for all versions. */
  private static Optional<ModelConfig> find(List<ModelConfig> models, ModelKey key) {
    Optional<ModelConfig> ofName = Optional.empty();
    for (ModelConfig model : models) {
      if (model.matches(key)) {
        if (!model.version().isEmpty()) {
          return Optional.of(model);
        }
        ofName = Optional.of(model);
      }
    }
    return ofName;
  }

  private static Map<String, DriftSettings> byKey(List<ModelConfig> models) {
    Map<String, DriftSettings> byKey = new HashMap<>();
    models.forEach(model -> byKey.putIfAbsent(model.driftKey(), model.drift()));
    return byKey;
  }
}
