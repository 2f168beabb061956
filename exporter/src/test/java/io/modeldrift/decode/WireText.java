package io.modeldrift.decode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows as the texts that servers' clients send. */
final class WireText {

  private WireText() {}

  static String json(@Nullable Object cell) {
    if (cell instanceof String text) {
      return "\""
          + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r\n", "\\r\\n")
          + "\"";
    }
    return String.valueOf(cell);
  }

  static String array(List<? extends @Nullable Object> cells) {
    return cells.stream().map(WireText::json).collect(Collectors.joining(",", "[", "]"));
  }

  static String arrays(WireTable table) {
    return table.rows().stream().map(WireText::array).collect(Collectors.joining(",", "[", "]"));
  }

  /** All numbers of an unnamed table in one flat array. */
  static String values(WireTable table) {
    return table.rows().stream()
        .flatMap(List::stream)
        .map(WireText::json)
        .collect(Collectors.joining(",", "[", "]"));
  }

  static String object(WireTable table, List<@Nullable Object> row) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      fields.add("\"" + table.columns().get(i) + "\":" + json(row.get(i)));
    }
    return "{" + String.join(",", fields) + "}";
  }

  static String objects(WireTable table) {
    return table.rows().stream()
        .map(row -> object(table, row))
        .collect(Collectors.joining(",", "[", "]"));
  }

  static String columnar(WireTable table) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      columns.add("\"" + table.columns().get(i) + "\":" + array(table.cells(i)));
    }
    return "{" + String.join(",", columns) + "}";
  }

  static String split(WireTable table) {
    return "{\"columns\":" + array(table.columns()) + ",\"data\":" + arrays(table) + "}";
  }

  static String lines(WireTable table, Function<List<@Nullable Object>, String> line, String end) {
    return table.rows().stream().map(line).collect(Collectors.joining(end, "", end));
  }

  static String csv(WireTable table) {
    return lines(
        table.flat(),
        row -> row.stream().map(WireText::csvCell).collect(Collectors.joining(",")),
        "\r\n");
  }

  static String csvWithHeader(WireTable table) {
    return String.join(",", table.flat().columns()) + "\r\n" + csv(table);
  }

  private static String csvCell(@Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    return cell instanceof String text ? "\"" + text.replace("\"", "\"\"") + "\"" : cell.toString();
  }

  static String v2(WireTable table) {
    List<String> tensors = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      String name = table.columns().get(i);
      tensors.add(
          "{\"name\":\"%s\",\"shape\":[%d,%d],\"datatype\":\"%s\",\"data\":%s}"
              .formatted(
                  name,
                  table.rows().size(),
                  table.isVector(i) ? WireTable.VECTOR_WIDTH : 1,
                  table.isText(i) ? "BYTES" : "FP64",
                  array(table.cells(i))));
    }
    return "{\"inputs\":[" + String.join(",", tensors) + "]}";
  }

  static String v2Tensor(WireTable table, String data) {
    return "{\"inputs\":[{\"name\":\"x\",\"shape\":[%d,3],\"datatype\":\"FP64\",%s}]}"
        .formatted(table.rows().size(), data);
  }

  static String modelMesh(byte[] message) {
    return "{\"modelid\":\"m\",\"id\":\"1\",\"kind\":\"request\",\"data\":\""
        + base64(message)
        + "\"}";
  }

  static String event(String data) {
    return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"x.request\","
        + data
        + "}";
  }

  static String blob(byte[] body) {
    return "[{\"url\":{\"Host\":\"h\"},\"bytes\":\""
        + base64(body)
        + "\",\"contentType\":\"application/json\","
        + "\"reqType\":\"org.kubeflow.serving.inference.request\",\"id\":\"1\","
        + "\"inferenceService\":\"m\",\"namespace\":\"n\"}]";
  }

  /** A data-capture record; {@code data} is JSON already. */
  static String capture(String data, String encoding) {
    return "{\"captureData\":{\"endpointInput\":{\"observedContentType\":\""
        + (encoding.equals("CSV") ? "text/csv" : "application/json")
        + "\",\"mode\":\"INPUT\",\"data\":"
        + data
        + ",\"encoding\":\""
        + encoding
        + "\"}},\"eventMetadata\":{\"eventId\":\"e\"}}";
  }

  static String sagemaker(WireTable table, String instance) {
    return table.rows().stream()
        .map(row -> instance.formatted(array(row)))
        .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
  }

  static String seldonTensor(WireTable table) {
    return "{\"data\":{\"tensor\":{\"shape\":[%d,3],\"values\":%s}}}"
        .formatted(table.rows().size(), values(table));
  }

  static String seldonTfTensor(WireTable table) {
    return ("{\"data\":{\"tftensor\":{\"dtype\":\"DT_DOUBLE\",\"tensorShape\":"
            + "{\"dim\":[{\"size\":\"%d\"},{\"size\":\"3\"}]},\"doubleVal\":%s}}}")
        .formatted(table.rows().size(), values(table));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
