package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.InferenceBatch;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same rows give the same columns, in whichever format they are sent. */
class OneMeaningTest {

  private static final String[] COLUMNS = {"age", "balance", "channel", "note"};

  /** A way to send a table of named columns, or of numbers only. */
  private record Format(String name, String contentType, Function<Table, byte[]> encoder) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Rows of cells: Double, String or null. */
  private record Table(List<List<@Nullable Object>> rows) {}

  static Stream<Arguments> namedFormats() {
    return cross(
        new Format(
            "native",
            "",
            t -> lines(t, r -> "{\"model\":\"m\",\"features\":" + object(r) + "}", "\n")),
        new Format("V1 instances", "", t -> utf8("{\"instances\":" + objects(t) + "}")),
        new Format("V1 inputs", "", t -> utf8("{\"inputs\":" + columnar(t) + "}")),
        new Format("V1 examples", "", t -> utf8("{\"examples\":" + objects(t) + "}")),
        new Format("MLflow split", "", t -> utf8("{\"dataframe_split\":" + split(t) + "}")),
        new Format("MLflow before 2.0", "", t -> utf8(split(t))),
        new Format("MLflow records", "", t -> utf8("{\"dataframe_records\":" + objects(t) + "}")),
        new Format("MLflow CSV", "text/csv", OneMeaningTest::csv),
        new Format("V2 JSON", "", t -> utf8(v2Json(t))),
        new Format(
            "Seldon",
            "",
            t ->
                utf8(
                    "{\"data\":"
                        + split(t)
                            .replace("\"columns\"", "\"names\"")
                            .replace("\"data\"", "\"ndarray\"")
                        + "}")),
        new Format(
            "CloudEvent",
            "application/cloudevents+json",
            t -> utf8(event("\"data\":{\"instances\":" + objects(t) + "}"))),
        new Format(
            "CloudEvent base64",
            "application/cloudevents+json",
            t -> utf8(event("\"data_base64\":\"" + base64(utf8(v2Json(t))) + "\""))),
        new Format("capture record", "", t -> utf8(capture(t))));
  }

  static Stream<Arguments> numericFormats() {
    return cross(
        new Format("V1 rows", "", t -> utf8("{\"instances\":" + arrays(t) + "}")),
        new Format("V1 tensor", "", t -> utf8("{\"inputs\":" + arrays(t) + "}")),
        new Format("V2 tensor", "", t -> utf8(v2Tensor(t, "\"data\":" + arrays(t)))),
        new Format("V2 binary FP64", "", OneMeaningTest::v2Binary),
        new Format("gRPC raw", "application/grpc", t -> grpc(t, true)),
        new Format("gRPC typed", "application/grpc", t -> grpc(t, false)),
        new Format(
            "ModelMesh",
            "",
            t ->
                utf8(
                    "{\"modelid\":\"m\",\"id\":\"1\",\"kind\":\"request\",\"data\":\""
                        + base64(grpc(t, true))
                        + "\"}")),
        new Format("SageMaker CSV", "text/csv", OneMeaningTest::bareCsv),
        new Format(
            "SageMaker lines",
            "application/jsonlines",
            t -> lines(t, r -> "{\"features\":" + array(r) + "}", "\n")),
        new Format("Seldon tensor", "", t -> utf8(seldonTensor(t))));
  }

  private static Stream<Arguments> cross(Format... formats) {
    return Stream.of(formats)
        .flatMap(f -> Stream.of(1L, 2L, 3L, 4L, 5L).map(seed -> Arguments.of(f, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("namedFormats")
  void namedColumns_meanTheSameInEveryFormat(Format format, long seed) {
    Table table = namedTable(new Random(seed));

    assertThat(decoded(format, table)).isEqualTo(expected(table, COLUMNS));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("numericFormats")
  void unnamedNumbers_meanTheSameInEveryFormat(Format format, long seed) {
    Table table = numericTable(new Random(seed));
    String[] names = {"feature_0", "feature_1", "feature_2"};

    assertThat(decoded(format, table)).isEqualTo(expected(table, names));
  }

  /** Returns the rows with names sorted; what no row says and what is null are one thing. */
  private static List<Map<String, Object>> decoded(Format format, Table table) {
    Decoding decoding =
        format.name().equals("native") ? Decoding.nativeDoor() : Decoding.mirror("");
    if (!format.contentType().isEmpty()) {
      decoding.header("Content-Type", format.contentType());
    }
    InferenceBatch batch = decoding.batch(format.encoder().apply(table));
    return Decoding.rowsOf(batch).stream().<Map<String, Object>>map(TreeMap::new).toList();
  }

  private static List<Map<String, Object>> expected(Table table, String[] names) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (List<@Nullable Object> row : table.rows()) {
      Map<String, Object> cells = new TreeMap<>();
      for (int i = 0; i < names.length; i++) {
        Object cell = row.get(i);
        cells.put(names[i], cell == null ? "(missing)" : cell);
      }
      rows.add(cells);
    }
    return rows;
  }

  private static Table namedTable(Random random) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    int count = 2 + random.nextInt(40);
    for (int i = 0; i < count; i++) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add((double) random.nextInt(100));
      row.add(i == 0 ? Double.valueOf(12.5) : number(random));
      row.add(
          List.of("web", "branch", "é \"q\", x\\y", "never seen before").get(random.nextInt(4)));
      row.add(random.nextInt(3) == 0 ? null : "n" + random.nextInt(5));
      rows.add(row);
    }
    return new Table(rows);
  }

  private static Table numericTable(Random random) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    int count = 1 + random.nextInt(40);
    for (int i = 0; i < count; i++) {
      rows.add(List.of(random.nextGaussian(), (double) random.nextInt(), finite(random)));
    }
    return new Table(rows);
  }

  private static Object finite(Random random) {
    return random.nextInt(10) == 0
        ? Double.NaN
        : random.nextDouble() * Math.pow(10, random.nextInt(60) - 30);
  }

  private static @Nullable Object number(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> Double.NaN;
      case 2 -> Double.POSITIVE_INFINITY;
      case 3 -> Double.NEGATIVE_INFINITY;
      default -> random.nextGaussian() * 1000;
    };
  }

  private static String json(@Nullable Object cell) {
    if (cell instanceof String text) {
      return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
    return String.valueOf(cell);
  }

  private static String array(List<@Nullable Object> row) {
    return row.stream().map(OneMeaningTest::json).collect(Collectors.joining(",", "[", "]"));
  }

  private static String arrays(Table table) {
    return table.rows().stream()
        .map(OneMeaningTest::array)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String object(List<@Nullable Object> row) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < COLUMNS.length; i++) {
      fields.add("\"" + COLUMNS[i] + "\":" + json(row.get(i)));
    }
    return "{" + String.join(",", fields) + "}";
  }

  private static String objects(Table table) {
    return table.rows().stream()
        .map(OneMeaningTest::object)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Map<String, String> columns(Table table) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = 0; i < COLUMNS.length; i++) {
      int column = i;
      columns.put(
          COLUMNS[i],
          table.rows().stream()
              .map(r -> json(r.get(column)))
              .collect(Collectors.joining(",", "[", "]")));
    }
    return columns;
  }

  private static String columnar(Table table) {
    return columns(table).entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String split(Table table) {
    String names = Stream.of(COLUMNS).map(OneMeaningTest::json).collect(Collectors.joining(","));
    return "{\"columns\":[" + names + "],\"data\":" + arrays(table) + "}";
  }

  private static String v2Json(Table table) {
    List<String> tensors = new ArrayList<>();
    columns(table)
        .forEach(
            (name, data) ->
                tensors.add(
                    "{\"name\":\"%s\",\"shape\":[%d,1],\"datatype\":\"%s\",\"data\":%s}"
                        .formatted(
                            name,
                            table.rows().size(),
                            data.contains("\"") ? "BYTES" : "FP64",
                            data)));
    return "{\"inputs\":[" + String.join(",", tensors) + "]}";
  }

  private static String event(String data) {
    return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"x.request\","
        + data
        + "}";
  }

  private static String capture(Table table) {
    return "{\"captureData\":{\"endpointInput\":{\"observedContentType\":\"application/json\",\"data\":"
        + json("{\"instances\":" + objects(table) + "}")
        + ",\"encoding\":\"JSON\"}},\"eventMetadata\":{\"eventId\":\"e\"}}";
  }

  private static byte[] csv(Table table) {
    return (String.join(",", COLUMNS) + "\n" + new String(bareCsv(table), StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bareCsv(Table table) {
    return lines(
        table,
        row -> row.stream().map(OneMeaningTest::csvCell).collect(Collectors.joining(",")),
        "\r\n");
  }

  private static String csvCell(@Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    return cell instanceof String text ? "\"" + text.replace("\"", "\"\"") + "\"" : cell.toString();
  }

  private static byte[] lines(
      Table table, Function<List<@Nullable Object>, String> line, String end) {
    return utf8(table.rows().stream().map(line).collect(Collectors.joining(end, "", end)));
  }

  private static String v2Tensor(Table table, String data) {
    return "{\"inputs\":[{\"name\":\"x\",\"shape\":[%d,3],\"datatype\":\"FP64\",%s}]}"
        .formatted(table.rows().size(), data);
  }

  private static byte[] v2Binary(Table table) {
    byte[] values = raw(table);
    return Hex.join(
        utf8(v2Tensor(table, "\"parameters\":{\"binary_data_size\":" + values.length + "}")),
        values);
  }

  private static byte[] raw(Table table) {
    ByteBuffer bytes = ByteBuffer.allocate(table.rows().size() * 24).order(ByteOrder.LITTLE_ENDIAN);
    table.rows().forEach(row -> row.forEach(cell -> bytes.putDouble((Double) cell)));
    return bytes.array();
  }

  private static byte[] grpc(Table table, boolean raw) {
    byte[] shape = {(byte) table.rows().size(), 3};
    byte[] tensor = Hex.join(field(1, utf8("x")), field(2, utf8("FP64")), field(3, shape));
    byte[] contents = field(5, field(7, raw(table)));
    return raw
        ? Hex.join(field(5, tensor), field(7, raw(table)))
        : field(5, Hex.join(tensor, contents));
  }

  private static byte[] field(int number, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write((number << 3) | 2);
    int length = bytes.length;
    while (length >= 0x80) {
      out.write((length & 0x7f) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  private static String seldonTensor(Table table) {
    String values =
        table.rows().stream()
            .flatMap(List::stream)
            .map(OneMeaningTest::json)
            .collect(Collectors.joining(",", "[", "]"));
    return "{\"data\":{\"tensor\":{\"shape\":["
        + table.rows().size()
        + ",3],\"values\":"
        + values
        + "}}}";
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
