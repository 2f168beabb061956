package io.modeldrift.app;

import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.ColumnChoice;
import io.modeldrift.baseline.ColumnSettings;
import io.modeldrift.baseline.ColumnType;
import io.modeldrift.baseline.CsvSettings;
import io.modeldrift.baseline.CsvSource;
import io.modeldrift.baseline.DerivedKind;
import io.modeldrift.baseline.NdjsonSource;
import io.modeldrift.baseline.RowSource;
import io.modeldrift.inference.ModelKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How files of rows are read, and how a baseline is made from them. */
final class RowOptions {

  private enum Format {
    AUTO,
    CSV,
    NDJSON
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = FormatConverter.class,
      description = "auto (by the file's name), csv or ndjson. Files may be compressed with gzip.")
  private Format format = Format.AUTO;

  @Option(
      names = "--header",
      paramLabel = "WHEN",
      converter = HeaderConverter.class,
      description =
          "auto, yes or no: whether the first line of a CSV file names the columns. Without names"
              + " they are called feature_0, feature_1 and so on.")
  private CsvSettings.Header header = CsvSettings.Header.AUTO;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      converter = DelimiterConverter.class,
      description = "Between the fields of a CSV file, or tab; found out if not given.")
  private char delimiter = CsvSettings.ANY_DELIMITER;

  @Option(
      names = "--missing",
      paramLabel = "TEXT",
      split = ",",
      description = "What stands for a missing value in a CSV file, besides nothing: NA,?.")
  private List<String> missing = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns to leave out: identifiers, times, the label.")
  private List<String> excluded = List.of();

  @Option(
      names = "--outputs",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Columns that the model answers, besides those called prediction or prediction_*.")
  private List<String> outputs = List.of();

  @Option(
      names = "--inputs",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns that the model is asked although they are called prediction_*.")
  private List<String> inputs = List.of();

  @Option(
      names = "--type",
      paramLabel = "COLUMN=TYPE",
      converter = {NameConverter.class, TypeConverter.class},
      split = ",",
      description = "numeric or categorical, where the values do not tell: zip=categorical.")
  private Map<String, ColumnType> types = new LinkedHashMap<>();

  @Option(
      names = "--edges",
      paramLabel = "COLUMN=EDGES",
      description = "Edges of a numeric column instead of quantiles: age=0:18:65:120.")
  private Map<String, String> edges = new LinkedHashMap<>();

  @Option(
      names = "--importance",
      paramLabel = "COLUMN=WEIGHT",
      split = ",",
      description = "Weights of columns in the model's score; 1 if not given.")
  private Map<String, Double> importances = new LinkedHashMap<>();

  @Option(
      names = "--derive",
      paramLabel = "COLUMN=KINDS",
      description =
          "Numbers to compute from a column and compare as columns of their own. Of a text: length,"
              + " tokens, non_ascii, out_of_vocabulary; of a vector with the columns NAME_0, NAME_1"
              + " and so on: norm, cosine. For example comment=length:tokens.")
  private Map<String, String> derived = new LinkedHashMap<>();

  @Option(
      names = "--reconstruction-error",
      description =
          "Also compute how far each row lies from the principal components of the numeric inputs:"
              + " it shows correlations that break.")
  private boolean reconstruction;

  @Option(
      names = "--bins",
      paramLabel = "N",
      description = "About how many equally filled bins a numeric column gets: 2 to 16, else 10.")
  private int bins = BaselineSettings.withDefaults().bins();

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many categories get a bin of their own at most: 1 to 500, else 50.")
  private int top = BaselineSettings.withDefaults().top();

  @Option(
      names = "--min-rows",
      paramLabel = "N",
      description = "How many rows such a category must have: at least 1, else 5.")
  private long minRows = BaselineSettings.withDefaults().minRows();

  @Option(
      names = "--unordered",
      description =
          "The rows are in no order of time, so that nothing can be learned from how the columns"
              + " wander by themselves.")
  private boolean unordered;

  /** Returns the rows of a file; {@code model} for records that name models. */
  RowSource source(Path file, Optional<ModelKey> model, ColumnChoice choice) {
    return isNdjson(file)
        ? new NdjsonSource(file, model, choice)
        : new CsvSource(file, csv(), choice);
  }

  /** Returns which columns take part. */
  ColumnChoice choice() {
    return new ColumnChoice(Set.copyOf(inputs), Set.copyOf(outputs), Set.copyOf(excluded));
  }

  /** Returns how the baseline is made. */
  BaselineSettings settings() {
    try {
      BaselineSettings settings =
          BaselineSettings.withDefaults().withBins(bins).withCategories(top, minRows);
      settings = settings.withReconstruction(reconstruction);
      settings = unordered ? settings.withChunks(0) : settings;
      Set<String> names = new HashSet<>(types.keySet());
      names.addAll(edges.keySet());
      names.addAll(importances.keySet());
      names.addAll(derived.keySet());
      for (String name : names) {
        settings = settings.withColumn(name, column(name));
      }
      return settings;
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCodes.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private ColumnSettings column(String name) {
    ColumnSettings settings = ColumnSettings.withDefaults();
    Double importance = importances.get(name);
    ColumnType type = types.get(name);
    String chosen = edges.get(name);
    settings = settings.withDerive(kinds(derived.getOrDefault(name, "")));
    settings = importance == null ? settings : settings.withImportance(importance);
    settings = type == null ? settings : settings.withType(type);
    return chosen == null ? settings : settings.withEdges(numbers(name, chosen));
  }

  private static List<DerivedKind> kinds(String colonSeparated) {
    Map<String, DerivedKind> known = DerivedKind.ofOneColumn();
    List<DerivedKind> kinds = new ArrayList<>();
    for (String word : colonSeparated.isEmpty() ? new String[0] : colonSeparated.split(":")) {
      DerivedKind kind = known.get(word);
      if (kind == null) {
        throw new IllegalArgumentException(
            "--derive: \"" + word + "\" is not one of " + String.join(", ", known.keySet()));
      }
      kinds.add(kind);
    }
    return kinds;
  }

  private static List<Double> numbers(String name, String colonSeparated) {
    try {
      return Arrays.stream(colonSeparated.split(":")).map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--edges: " + name + ": \"" + colonSeparated + "\" are not numbers with : between", e);
    }
  }

  private CsvSettings csv() {
    return CsvSettings.withDefaults()
        .withHeader(header)
        .withDelimiter(delimiter)
        .withMissing(Set.copyOf(missing));
  }

  private boolean isNdjson(Path file) {
    if (format != Format.AUTO) {
      return format == Format.NDJSON;
    }
    String name = file.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    return name.endsWith(".ndjson") || name.endsWith(".jsonl") || name.endsWith(".json");
  }

  /** Returns the failure of reading or writing as a message for a person. */
  static CommandException failure(IOException failure) {
    return new CommandException(ExitCodes.FAILURE, String.valueOf(failure.getMessage()));
  }

  private static <E extends Enum<E>> E word(Class<E> words, String text) {
    for (E word : words.getEnumConstants()) {
      if (word.name().equalsIgnoreCase(text)) {
        return word;
      }
    }
    throw new TypeConversionException(
        "expected one of "
            + Arrays.toString(words.getEnumConstants()).toLowerCase(Locale.ROOT)
            + " but was '"
            + text
            + "'");
  }

  private static final class FormatConverter implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return word(Format.class, text);
    }
  }

  private static final class HeaderConverter implements ITypeConverter<CsvSettings.Header> {
    @Override
    public CsvSettings.Header convert(String text) {
      return word(CsvSettings.Header.class, text);
    }
  }

  private static final class TypeConverter implements ITypeConverter<ColumnType> {
    @Override
    public ColumnType convert(String text) {
      return word(ColumnType.class, text);
    }
  }

  private static final class NameConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return text;
    }
  }

  private static final class DelimiterConverter implements ITypeConverter<Character> {
    @Override
    public Character convert(String text) {
      if (text.equals("tab") || text.equals("\\t")) {
        return '\t';
      }
      if (text.length() != 1) {
        throw new TypeConversionException("expected one character or tab but was '" + text + "'");
      }
      return text.charAt(0);
    }
  }
}
