package io.modeldrift.config;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineFormatException;
import io.modeldrift.baseline.BaselineReader;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.ColumnSettings;
import io.modeldrift.baseline.ColumnType;
import io.modeldrift.baseline.DerivedKind;
import io.modeldrift.decode.ModelDecoding;
import io.modeldrift.evaluate.ColumnDriftSettings;
import io.modeldrift.evaluate.DriftSettings;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.observe.ColumnRules;
import io.modeldrift.observe.ModelServer;
import io.modeldrift.observe.ObserveSettings;
import io.modeldrift.truth.ModelTruthSettings;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one entry of the list of models, with the baseline that it names. */
final class ModelReader {

  private static final Map<String, ColumnType> TYPES =
      new TreeMap<>(Map.of("categorical", ColumnType.CATEGORICAL, "numeric", ColumnType.NUMERIC));
  private static final Map<String, DerivedKind> DERIVED = DerivedKind.ofOneColumn();
  private static final Map<String, ModelDecoding.Rank1> RANK1 =
      new TreeMap<>(Map.of("rows", ModelDecoding.Rank1.ROWS, "vector", ModelDecoding.Rank1.VECTOR));
  private static final Map<String, ModelDecoding.TensorColumns> TENSOR_COLUMNS =
      new TreeMap<>(
          Map.of(
              "position", ModelDecoding.TensorColumns.POSITION,
              "tensor", ModelDecoding.TensorColumns.TENSOR));
  private static final Map<String, ModelDecoding.CsvHeader> CSV_HEADER =
      new TreeMap<>(
          Map.of(
              "absent", ModelDecoding.CsvHeader.ABSENT,
              "detect", ModelDecoding.CsvHeader.DETECT,
              "present", ModelDecoding.CsvHeader.PRESENT));

  private final Path directory;
  private final DriftSettings drift;
  private final BaselineSettings learning;

  /**
   * Takes what holds for models that say nothing else.
   *
   * @param directory against which paths of baselines are resolved
   */
  ModelReader(Path directory, DriftSettings drift, BaselineSettings learning) {
    this.directory = directory;
    this.drift = drift;
    this.learning = learning;
  }

  ModelConfig read(Section section) {
    Optional<String> name = section.text("name");
    if (name.isEmpty()) {
      section.problem("name", "is required");
    }
    String version = section.text("version").orElse("");
    Baseline baseline = section.text("baseline").map(p -> baseline(section, p)).orElse(null);
    ModelDecoding decoding = decoding(section);
    BaselineSettings columnsLearning =
        learning.withReconstruction(section.flag("reconstruction_error"));
    Map<String, ColumnRules> rules = new HashMap<>();
    Map<String, ColumnDriftSettings> columns = new HashMap<>();
    List<ModelTruthSettings.Attribute> attributes = new ArrayList<>();
    for (Map.Entry<String, Section> entry : section.named("columns").entrySet()) {
      try (Section column = entry.getValue()) {
        columnsLearning = columnsLearning.withColumn(entry.getKey(), learning(column));
        rules.put(entry.getKey(), rules(column));
        columns.put(entry.getKey(), DriftReader.column(column));
        TruthReader.group(entry.getKey(), column).ifPresent(attributes::add);
      }
    }
    ModelTruthSettings truth = TruthReader.model(section, attributes, rules);
    Map<String, String> info = ContextReader.info(section);
    Optional<ModelServer> server = ContextReader.server(section, name.orElse("?"), version);
    try (Section driftSection = section.section("drift")) {
      return new ModelConfig(
          name.orElse("?"),
          version,
          decoding,
          new ObserveSettings.Model(baseline, columnsLearning, rules),
          DriftReader.read(driftSection, drift, columns),
          truth,
          PeopleReader.sampling(section),
          info,
          server);
    }
  }

  /** Reads an entry that is not there, so that all its keys are known. */
  void learnKeys(Section root) {
    Section model = root.template("models[]");
    model.text("name");
    model.text("version");
    model.text("baseline");
    model.flag("reconstruction_error");
    decoding(model);
    ContextReader.learnKeys(model);
    DriftReader.read(model.section("drift"), drift, Map.of());
    TruthReader.model(model, List.of(), Map.of());
    PeopleReader.sampling(model);
    Section column = model.template(".columns.*");
    learning(column);
    rules(column);
    DriftReader.column(column);
    TruthReader.group("", column);
  }

  private static ModelDecoding decoding(Section section) {
    return ModelDecoding.defaults()
        .withFeatures(section.texts("features"))
        .withOutputs(section.texts("outputs"))
        .withBareFeatures(section.flag("bare_features"))
        .withRank1(section.word("rank1", RANK1, "rows").orElse(ModelDecoding.Rank1.ROWS))
        .withCsvHeader(
            section.word("csv_header", CSV_HEADER, "detect").orElse(ModelDecoding.CsvHeader.DETECT))
        .withTensorColumns(
            section
                .word("tensor_columns", TENSOR_COLUMNS, "position")
                .orElse(ModelDecoding.TensorColumns.POSITION))
        .withRawInput(rawInput(section));
  }

  private static ModelDecoding.@Nullable RawInput rawInput(Section model) {
    try (Section section = model.section("raw_input")) {
      Optional<String> datatype = section.text("datatype");
      int columns = section.integer("columns", 1, 1, InferenceBatch.MAX_COLUMNS);
      return datatype
          .flatMap(
              type ->
                  section.checked(
                      Optional.<ModelDecoding.RawInput>empty(),
                      () -> Optional.of(new ModelDecoding.RawInput(type, columns))))
          .orElse(null);
    }
  }

  private static ColumnSettings learning(Section column) {
    @Nullable ColumnType type = column.word("type", TYPES, "from the values").orElse(null);
    List<Double> edges = column.numbers("edges");
    List<DerivedKind> derive = column.words("derive", DERIVED, List.of(), "");
    boolean feature = column.flag("feature", true);
    return column.checked(
        ColumnSettings.withDefaults(), () -> new ColumnSettings(type, 1, edges, derive, feature));
  }

  private static ColumnRules rules(Section column) {
    List<Double> range = column.numbers("range");
    if (!range.isEmpty() && range.size() != 2) {
      column.problem("range", "must be two numbers, the smallest and the largest allowed");
    }
    double minimum = range.size() == 2 ? range.get(0) : Double.NEGATIVE_INFINITY;
    double maximum = range.size() == 2 ? range.get(1) : Double.POSITIVE_INFINITY;
    boolean feature = column.flag("feature", true);
    boolean integer = column.flag("integer");
    List<String> allowed = column.texts("allowed");
    int maxLength = column.integer("max_length", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    return column.checked(
        ColumnRules.none(),
        () -> new ColumnRules(feature, integer, minimum, maximum, allowed, maxLength));
  }

  private @Nullable Baseline baseline(Section section, String path) {
    try {
      return BaselineReader.read(directory.resolve(path));
    } catch (BaselineFormatException | InvalidPathException e) {
      section.problem("baseline", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      section.problem("baseline", path + " cannot be read: " + e);
    }
    return null;
  }
}
