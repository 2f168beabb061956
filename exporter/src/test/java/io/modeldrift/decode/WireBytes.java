package io.modeldrift.decode;

import static io.modeldrift.decode.WireText.utf8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes rows without nulls as tensors in bytes and as protocol-buffers messages. */
final class WireBytes {

  private WireBytes() {}

  static byte[] v2Tensor(WireTable table) {
    byte[] values = doubles(table.rows());
    String size = "\"parameters\":{\"binary_data_size\":" + values.length + "}";
    return Hex.join(utf8(WireText.v2Tensor(table, size)), values);
  }

  static byte[] v2Columns(WireTable table) {
    List<String> tensors = new ArrayList<>();
    byte[] tail = {};
    for (int i = 0; i < table.columns().size(); i++) {
      byte[] bytes = raw(table, i);
      tail = Hex.join(tail, bytes);
      tensors.add(
          ("{\"name\":\"%s\",\"shape\":[%d,%d],\"datatype\":\"%s\","
                  + "\"parameters\":{\"binary_data_size\":%d}}")
              .formatted(
                  table.columns().get(i),
                  table.rows().size(),
                  width(table, i),
                  table.isText(i) ? "BYTES" : "FP64",
                  bytes.length));
    }
    return Hex.join(utf8("{\"inputs\":[" + String.join(",", tensors) + "]}"), tail);
  }

  static byte[] grpcTensor(WireTable table, boolean raw) {
    byte[] tensor = tensor("x", "FP64", table.rows().size(), 3);
    byte[] values = doubles(table.rows());
    return raw
        ? Hex.join(field(5, tensor), field(7, values))
        : field(5, Hex.join(tensor, field(5, field(7, values))));
  }

  static byte[] grpcColumns(WireTable table, boolean raw) {
    byte[] message = {};
    byte[] contents = {};
    for (int i = 0; i < table.columns().size(); i++) {
      byte[] tensor =
          tensor(
              table.columns().get(i),
              table.isText(i) ? "BYTES" : "FP64",
              table.rows().size(),
              width(table, i));
      if (raw) {
        contents = Hex.join(contents, field(7, raw(table, i)));
      } else {
        tensor = Hex.join(tensor, field(5, typed(table, i)));
      }
      message = Hex.join(message, field(5, tensor));
    }
    return Hex.join(message, contents);
  }

  static byte[] framed(byte[] message) {
    return Hex.join(ByteBuffer.allocate(5).put((byte) 0).putInt(message.length).array(), message);
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static int width(WireTable table, int column) {
    return table.isVector(column) ? WireTable.VECTOR_WIDTH : 1;
  }

  private static byte[] tensor(String name, String datatype, int rows, int width) {
    // Fewer than 128 rows: each dimension is one byte.
    byte[] shape = {(byte) rows, (byte) width};
    return Hex.join(field(1, utf8(name)), field(2, utf8(datatype)), field(3, shape));
  }

  private static byte[] raw(WireTable table, int column) {
    List<@Nullable Object> cells = table.cells(column);
    if (!table.isText(column)) {
      return doubles(List.of(cells));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object cell : cells) {
      byte[] text = utf8(String.valueOf(cell));
      out.writeBytes(
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length).array());
      out.writeBytes(text);
    }
    return out.toByteArray();
  }

  private static byte[] typed(WireTable table, int column) {
    List<@Nullable Object> cells = table.cells(column);
    if (!table.isText(column)) {
      return field(7, doubles(List.of(cells)));
    }
    byte[] contents = {};
    for (Object cell : cells) {
      contents = Hex.join(contents, field(8, utf8(String.valueOf(cell))));
    }
    return contents;
  }

  private static byte[] doubles(List<List<@Nullable Object>> rows) {
    List<Double> numbers = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      for (Object cell : row) {
        if (cell instanceof List<?> vector) {
          vector.forEach(number -> numbers.add((Double) number));
        } else {
          numbers.add((Double) cell);
        }
      }
    }
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.size()).order(ByteOrder.LITTLE_ENDIAN);
    numbers.forEach(bytes::putDouble);
    return bytes.array();
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
}
