package io.modeldrift.baseline;

import io.modeldrift.inference.ModelKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads baselines that {@link BaselineWriter} or somebody else wrote.
 *
 * <p>Strict: a key that is unknown, a number that cannot be, an id that does not fit the content
 * refuse the file, since a baseline that is silently half understood would raise false alarms.
 *
 * <p>Stateless and thread-safe.
 */
public final class BaselineReader {

  /** The largest number of bytes of a file. */
  public static final long MAX_BYTES = 200_000_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private BaselineReader() {}

  /**
   * Reads a file.
   *
   * @throws BaselineFormatException if there is no such file, or it is no baseline that this
   *     version can use; the message names file and place
   * @throws IOException if reading fails
   */
  public static Baseline read(Path file) throws IOException {
    try {
      if (Files.isDirectory(file)) {
        throw new BaselineFormatException(file + ": is a directory");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new BaselineFormatException(
            file + ": has " + Files.size(file) + " bytes, more than a baseline can have");
      }
      return parse(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new BaselineFormatException(file + ": there is no such file");
    }
  }

  /**
   * Reads a baseline from the bytes of its file.
   *
   * @param name of the file, for messages
   */
  public static Baseline parse(byte[] bytes, String name) throws BaselineFormatException {
    return baseline(JsonPlace.root(name, tree(bytes, name)));
  }

  private static JsonNode tree(byte[] bytes, String name) throws BaselineFormatException {
    try {
      return MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      TokenStreamLocation place = e.getLocation();
      throw new BaselineFormatException(
          name
              + ": line "
              + place.getLineNr()
              + ", column "
              + place.getColumnNr()
              + ": is not valid JSON: "
              + e.getOriginalMessage().lines().findFirst().orElse("unreadable"));
    }
  }

  private static Baseline baseline(JsonPlace root) throws BaselineFormatException {
    checkFormat(root);
    root.hasOnly(
        "format",
        "format_version",
        "id",
        "model",
        "version",
        "created",
        "source",
        "rows",
        "columns",
        "ground_truth");
    List<BaselineColumn> columns = new ArrayList<>();
    ColumnReader columnReader = new ColumnReader();
    for (JsonPlace column : root.get("columns").items()) {
      columns.add(columnReader.read(column));
    }
    JsonPlace known = root.find("ground_truth");
    Optional<BaselineTruth> truth =
        known == null ? Optional.empty() : Optional.of(TruthJson.read(known));
    JsonPlace version = root.find("version");
    ModelKey model =
        new ModelKey(
            root.get("model").text(), version == null ? ModelKey.UNVERSIONED : version.text());
    try {
      Baseline baseline =
          Baseline.of(
                  model,
                  created(root.get("created")),
                  root.get("source").text(),
                  root.get("rows").count(),
                  columns)
              .withTruth(truth);
      checkId(root, baseline);
      return baseline;
    } catch (IllegalArgumentException e) {
      throw root.get("columns").wrong(String.valueOf(e.getMessage()));
    }
  }

  private static void checkFormat(JsonPlace root) throws BaselineFormatException {
    if (!root.has("format") || !root.get("format").text().equals(BaselineWriter.FORMAT)) {
      throw root.wrong("is no baseline: \"format\" is not \"" + BaselineWriter.FORMAT + "\"");
    }
    long version = root.get("format_version").count();
    if (version > BaselineWriter.VERSION || version < 1) {
      throw root.get("format_version")
          .wrong(
              "is "
                  + version
                  + ", but this program reads up to "
                  + BaselineWriter.VERSION
                  + "; use the version of the program that wrote the file, or a newer one");
    }
  }

  private static Instant created(JsonPlace place) throws BaselineFormatException {
    try {
      return Instant.parse(place.text());
    } catch (DateTimeException e) {
      throw place.wrong("expected a time such as 2030-01-31T12:00:00Z");
    }
  }

  private static void checkId(JsonPlace root, Baseline baseline) throws BaselineFormatException {
    JsonPlace id = root.find("id");
    if (id != null && !id.text().equals(baseline.id())) {
      throw id.wrong(
          "does not fit the content, whose id is "
              + baseline.id()
              + ": the file was changed after it was written; remove the line \"id\" if that was"
              + " intended");
    }
  }
}
