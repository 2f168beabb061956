package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Seldon Core v1 messages: {@code ndarray}, {@code tensor}, {@code tftensor}, or data of other
 * kinds.
 */
final class SeldonFormat implements JsonFormat {

  private final Bench bench;
  private final Function<Message, Decoded> payloads;

  /**
   * @param payloads decodes {@code jsonData}, which may be of any other format
   */
  SeldonFormat(Bench bench, Function<Message, Decoded> payloads) {
    this.bench = bench;
    this.payloads = payloads;
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.SELDON;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    if (body.has("strData") || body.has("jsonData") || body.has("binData")) {
      return true;
    }
    Slice data = body.find("data");
    JsonOutline kinds = data == null ? null : JsonOutline.ofObject(data, 1);
    return kinds != null && (kinds.has("ndarray") || kinds.has("tensor") || kinds.has("tftensor"));
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    if (isFailure(body)) {
      return new Decoded.Ignored(Protocol.SELDON, IgnoreReason.ERROR_RESPONSE);
    }
    BodyIdentity identity = new BodyIdentity("", "", puid(body));
    Slice json = body.findGiven("jsonData");
    if (json != null) {
      return payloads.apply(message.withBody(json));
    }
    boolean response = message.isResponse() || body.has("status");
    InferenceBatch batch =
        bench.open(message, identity, response ? BatchKind.RESPONSE : BatchKind.REQUEST);
    int firstRow = batch.rows();
    RowWriter rows = new RowWriter(bench, batch, response ? Role.OUTPUT : Role.INPUT, false);
    Slice data = body.find("data");
    if (data == null) {
      rows.writeOpaqueRow(firstRow);
    } else {
      write(JsonOutline.of(data, 1), rows, firstRow);
    }
    bench.identify(batch, firstRow, message, identity);
    return bench.result(Protocol.SELDON);
  }

  private static boolean isFailure(JsonOutline body) {
    Slice status = body.findGiven("status");
    return status != null
        && Json.isObject(status)
        && JsonOutline.of(status, 1).text("status").equals("FAILURE");
  }

  private static String puid(JsonOutline body) {
    Slice meta = body.findGiven("meta");
    return meta == null || !Json.isObject(meta) ? "" : JsonOutline.of(meta, 1).text("puid");
  }

  private static void write(JsonOutline data, RowWriter rows, int firstRow) {
    List<String> names = names(data.findGiven("names"));
    Slice ndarray = data.find("ndarray");
    Slice tensor = data.find("tensor");
    Slice tftensor = data.find("tftensor");
    if (ndarray != null) {
      writeNdarray(ndarray, names, rows, firstRow);
    } else if (tensor != null && Json.isObject(tensor)) {
      JsonOutline outline = JsonOutline.of(tensor, 2);
      writeTensor(
          dimensions(outline.find("shape"), "/data/tensor/shape"),
          outline.find("values"),
          names,
          rows,
          "/data/tensor");
    } else if (tftensor != null && Json.isObject(tftensor)) {
      writeTfTensor(JsonOutline.of(tftensor, 2), names, rows);
    } else {
      throw new Rejection(RejectReason.BAD_SHAPE, "the tensor is not an object", "/data");
    }
  }

  private static List<String> names(@Nullable Slice names) {
    List<String> texts = new ArrayList<>();
    if (names != null && Json.isArray(names)) {
      JsonElements elements = JsonElements.of(names, 2);
      for (int i = 0; i < elements.size(); i++) {
        texts.add(Json.text(elements.get(i)));
      }
    }
    return texts;
  }

  private static void writeNdarray(
      Slice ndarray, List<String> names, RowWriter rows, int firstRow) {
    String pointer = "/data/ndarray";
    if (!Json.isArray(ndarray)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "ndarray is not an array", pointer);
    }
    JsonElements lines = JsonElements.of(ndarray, 2);
    if (lines.size() > 0 && Json.isScalar(lines.get(0))) {
      writeRow(ndarray, names, rows, firstRow, pointer); // rank 1: one row
      return;
    }
    if (names.isEmpty()) {
      rows.writeRows(ndarray, firstRow, pointer);
      return;
    }
    for (int i = 0; i < lines.size(); i++) {
      writeRow(lines.get(i), names, rows, firstRow + i, pointer + "/" + i);
    }
  }

  /** Names that do not fit the row are ignored, the row is not. */
  private static void writeRow(
      Slice line, List<String> names, RowWriter rows, int row, String pointer) {
    if (names.isEmpty() || !rows.writeNamedRow(line, names, row, pointer)) {
      rows.writeRow(line, row, pointer);
    }
  }

  private static void writeTfTensor(JsonOutline tensor, List<String> names, RowWriter rows) {
    Slice shape = firstOf(tensor, "tensorShape", "tensor_shape");
    List<Long> dimensions = new ArrayList<>();
    if (shape != null && Json.isObject(shape)) {
      Slice dim = JsonOutline.of(shape, 3).find("dim");
      JsonElements dims = dim == null ? null : JsonElements.of(dim, 4);
      for (int i = 0; dims != null && i < dims.size(); i++) {
        String size = JsonOutline.of(dims.get(i), 5).text("size");
        dimensions.add(dimension(size, "/data/tftensor/tensorShape"));
      }
    }
    Slice values = null;
    for (String type : List.of("float", "double", "int", "int64", "bool", "string", "half")) {
      values = values == null ? firstOf(tensor, type + "Val", type + "_val") : values;
    }
    long[] shapeArray = dimensions.stream().mapToLong(Long::longValue).toArray();
    writeTensor(shapeArray, values, names, rows, "/data/tftensor");
  }

  private static @Nullable Slice firstOf(JsonOutline object, String camel, String snake) {
    Slice value = object.find(camel);
    return value == null ? object.find(snake) : value;
  }

  private static long[] dimensions(@Nullable Slice shape, String pointer) {
    if (shape == null || !Json.isArray(shape)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "shape is not an array", pointer);
    }
    JsonElements elements = JsonElements.of(shape, 3);
    long[] dimensions = new long[elements.size()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = dimension(elements.get(i).text(), pointer);
    }
    return dimensions;
  }

  private static long dimension(String text, String pointer) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Rejection(RejectReason.BAD_SHAPE, "a dimension is no integer", pointer);
    }
  }

  private static void writeTensor(
      long[] dimensions,
      @Nullable Slice values,
      List<String> names,
      RowWriter rows,
      String pointer) {
    TensorShape shape = TensorShape.of(dimensions, true);
    if (shape == null || values == null || !Json.isArray(values)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "no usable shape and values", pointer);
    }
    JsonElements elements = JsonElements.of(values, 3);
    if (elements.size() != shape.count()) {
      throw new Rejection(RejectReason.BAD_SHAPE, "values do not fit the shape", pointer);
    }
    rows.writeReshaped(elements, shape, names, pointer + "/values");
  }
}
