package io.modeldrift.decode;

import io.modeldrift.bench.Rows;
import io.modeldrift.decode.Payload.Door;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.StringJoiner;

/** The same rows as a payload of each format. */
final class Samples {

  private Samples() {}

  static Payload payload(String format, int rows) {
    double[][] numbers = Rows.numbers(rows, Rows.COLUMNS);
    return switch (format) {
      case "v1-rows" -> v1("{\"instances\":" + arrays(numbers) + "}");
      case "v1-objects" -> v1("{\"instances\":" + objects(numbers, ",", "[", "]") + "}");
      case "v1-columns" -> v1("{\"inputs\":" + columns(numbers) + "}");
      case "v2-json" -> v2(numbers);
      case "v2-binary" -> binary(numbers);
      case "csv" -> csv(numbers);
      case "mlflow" -> mlflow(numbers);
      case "native" -> payload(Door.NATIVE, "/api/v1/inferences", Map.of(), natives(numbers));
      default -> throw new IllegalArgumentException(format);
    };
  }

  private static Payload v1(String body) {
    return payload(Door.MIRROR, "/v1/models/bench:predict", Map.of(), bytes(body));
  }

  private static Payload payload(Door door, String path, Map<String, String> headers, byte[] body) {
    return new Payload(door, path, PayloadHeaders.of(headers), body, Instant.EPOCH);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String arrays(double[][] numbers) {
    StringJoiner rows = new StringJoiner(",", "[", "]");
    for (double[] row : numbers) {
      rows.add(array(row));
    }
    return rows.toString();
  }

  private static String array(double[] numbers) {
    StringJoiner array = new StringJoiner(",", "[", "]");
    for (double number : numbers) {
      array.add(Rows.text(number));
    }
    return array.toString();
  }

  private static String objects(double[][] numbers, String between, String open, String close) {
    StringJoiner rows = new StringJoiner(between, open, close);
    for (double[] row : numbers) {
      rows.add(object(row));
    }
    return rows.toString();
  }

  private static String object(double[] row) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    for (int i = 0; i < row.length; i++) {
      object.add("\"" + name(i) + "\":" + Rows.text(row[i]));
    }
    return object.toString();
  }

  private static String columns(double[][] numbers) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    for (int i = 0; i < Rows.COLUMNS; i++) {
      object.add("\"" + name(i) + "\":" + array(column(numbers, i)));
    }
    return object.toString();
  }

  private static double[] column(double[][] numbers, int column) {
    double[] values = new double[numbers.length];
    for (int row = 0; row < values.length; row++) {
      values[row] = numbers[row][column];
    }
    return values;
  }

  private static String name(int column) {
    return "feature_" + column;
  }

  private static Payload v2(double[][] numbers) {
    StringJoiner flat = new StringJoiner(",", "[", "]");
    for (double[] row : numbers) {
      for (double number : row) {
        flat.add(Rows.text(number));
      }
    }
    String body = tensor(numbers.length, "\"data\":" + flat);
    return payload(Door.MIRROR, "/v2/models/bench/infer", Map.of(), bytes(body));
  }

  private static Payload binary(double[][] numbers) {
    int size = numbers.length * Rows.COLUMNS * Double.BYTES;
    byte[] json =
        bytes(tensor(numbers.length, "\"parameters\":{\"binary_data_size\":" + size + "}"));
    ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : numbers) {
      for (double number : row) {
        data.putDouble(number);
      }
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json);
    body.writeBytes(data.array());
    return payload(
        Door.MIRROR,
        "/v2/models/bench/infer",
        Map.of("Inference-Header-Content-Length", Integer.toString(json.length)),
        body.toByteArray());
  }

  private static String tensor(int rows, String data) {
    return "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":["
        + rows
        + ","
        + Rows.COLUMNS
        + "],"
        + data
        + "}]}";
  }

  private static Payload csv(double[][] numbers) {
    StringJoiner lines = new StringJoiner("\n");
    for (double[] row : numbers) {
      String array = array(row);
      lines.add(array.substring(1, array.length() - 1));
    }
    return payload(
        Door.MIRROR, "/invocations", Map.of("Content-Type", "text/csv"), bytes(lines.toString()));
  }

  private static Payload mlflow(double[][] numbers) {
    StringJoiner names = new StringJoiner(",", "[", "]");
    for (int i = 0; i < Rows.COLUMNS; i++) {
      names.add("\"" + name(i) + "\"");
    }
    String body =
        "{\"dataframe_split\":{\"columns\":" + names + ",\"data\":" + arrays(numbers) + "}}";
    return payload(Door.MIRROR, "/invocations", Map.of(), bytes(body));
  }

  private static byte[] natives(double[][] numbers) {
    StringJoiner lines = new StringJoiner("\n");
    for (double[] row : numbers) {
      lines.add("{\"model\":\"bench\",\"features\":" + object(row) + "}");
    }
    return bytes(lines.toString());
  }
}
