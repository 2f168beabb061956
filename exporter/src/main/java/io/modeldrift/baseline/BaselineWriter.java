package io.modeldrift.baseline;

import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.ModelKey;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes baselines as JSON that a person can read: a line a bin and a line a chunk.
 *
 * <p>What is written reads back exactly, doubles included. Stateless and thread-safe.
 */
public final class BaselineWriter {

  /** What the key {@code format} says. */
  static final String FORMAT = "model-drift-baseline";

  /** The version of the format that is written, and the newest that can be read. */
  static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .build();
  private static final ObjectWriter WHOLE =
      MAPPER
          .writer()
          .with(
              new DefaultPrettyPrinter()
                  .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private BaselineWriter() {}

  /**
   * Writes a file at once: readers see the old content or the new, never a part.
   *
   * @throws IOException if the file cannot be written; an old one is then unchanged
   */
  public static void write(Baseline baseline, Path file) throws IOException {
    AtomicFile.write(file, toJson(baseline).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the text of the file. */
  public static String toJson(Baseline baseline) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = WHOLE.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringProperty("format", FORMAT);
      json.writeNumberProperty("format_version", VERSION);
      json.writeStringProperty("id", baseline.id());
      json.writeStringProperty("model", baseline.model().name());
      if (!baseline.model().version().equals(ModelKey.UNVERSIONED)) {
        json.writeStringProperty("version", baseline.model().version());
      }
      json.writeStringProperty("created", baseline.created().toString());
      json.writeStringProperty("source", baseline.source());
      json.writeNumberProperty("rows", baseline.rows());
      json.writeArrayPropertyStart("columns");
      baseline.columns().forEach(column -> writeColumn(json, column));
      json.writeEndArray();
      baseline.truth().ifPresent(truth -> writeTruth(json, truth));
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static void writeTruth(JsonGenerator json, BaselineTruth truth) {
    json.writeName("ground_truth");
    json.writeRawValue(line(TruthJson.of(truth)));
  }

  private static void writeColumn(JsonGenerator json, BaselineColumn column) {
    json.writeStartObject();
    json.writeStringProperty("name", column.name());
    json.writeStringProperty("role", column.role().label());
    json.writeStringProperty("type", typeOf(column).label());
    json.writeNumberProperty("importance", column.importance());
    if (column.isNumeric()) {
      json.writeName("mean");
      json.writeRawValue(MAPPER.writeValueAsString(column.mean()));
      json.writeName("standard_deviation");
      json.writeRawValue(MAPPER.writeValueAsString(column.standardDeviation()));
    }
    json.writeArrayPropertyStart("bins");
    for (int bin = 0; bin < column.layout().bins(); bin++) {
      json.writeRawValue(line(binNode(column, bin)));
    }
    json.writeEndArray();
    writeTail(json, column.layout());
    writeChunks(json, column);
    if (column.derivation() != null) {
      json.writeName("derivation");
      json.writeRawValue(line(DerivationJson.of(column.derivation())));
    }
    json.writeEndObject();
  }

  private static ObjectNode binNode(BaselineColumn column, int bin) {
    ObjectNode node = MAPPER.createObjectNode();
    BinLayout layout = column.layout();
    if (layout instanceof CategoricalLayout categorical && bin < categorical.categories().size()) {
      node.put("category", categorical.categories().get(bin));
    } else {
      node.put("bin", layout.name(bin));
    }
    if (layout instanceof NumericLayout numeric && bin < numeric.valueBins()) {
      putEdges(node, numeric, bin);
    }
    node.put("count", column.counts().count(bin));
    if (bin < layout.valueBins()) {
      node.put("sum", column.counts().sum(bin));
    }
    return node;
  }

  private static void putEdges(ObjectNode node, NumericLayout layout, int bin) {
    if (layout.intervals() == 0) {
      return;
    }
    if (bin > 0) {
      node.put("lower", layout.lower(bin));
    }
    if (bin < layout.valueBins() - 1) {
      node.put("upper", layout.upper(bin));
    }
  }

  private static void writeTail(JsonGenerator json, BinLayout layout) {
    if (layout instanceof CategoricalLayout categorical && categorical.tailHashes().length > 0) {
      ArrayNode tail = MAPPER.createArrayNode();
      for (long hash : categorical.tailHashes()) {
        tail.add(HexFormat.of().toHexDigits(hash));
      }
      json.writeName("tail");
      json.writeRawValue(line(tail));
    }
  }

  private static void writeChunks(JsonGenerator json, BaselineColumn column) {
    if (column.chunks().isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("chunks");
    for (BinnedCounts chunk : column.chunks()) {
      ObjectNode node = MAPPER.createObjectNode();
      ArrayNode counts = node.putArray("counts");
      for (long count : chunk.toArray()) {
        counts.add(count);
      }
      if (column.layout().valueBins() > 0) {
        ArrayNode sums = node.putArray("sums");
        for (int bin = 0; bin < column.layout().valueBins(); bin++) {
          sums.add(chunk.sum(bin));
        }
      }
      json.writeRawValue(line(node));
    }
    json.writeEndArray();
  }

  /** Returns the word for a column's kind of bins. */
  static ColumnType typeOf(BaselineColumn column) {
    return column.isNumeric() ? ColumnType.NUMERIC : ColumnType.CATEGORICAL;
  }

  private static String line(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }
}
