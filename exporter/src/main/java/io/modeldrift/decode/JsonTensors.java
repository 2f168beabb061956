package io.modeldrift.decode;

import io.modeldrift.decode.ModelDecoding.Rank1;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.SchemaProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tensors of one V2 payload. A tensor that cannot be used is left out and counted; the
 * payload is rejected only if none is left, or if its binary part does not add up.
 */
final class JsonTensors {

  private final InferenceBatch batch;
  private final TensorWriter writer;
  private final String contentType;
  private final boolean vector;
  private final TensorValues values;
  private @Nullable Rejection firstProblem;

  /** A tensor with what the JSON says about it. */
  private record Tensor(JsonOutline json, String pointer, @Nullable Slice data, long binarySize) {}

  JsonTensors(Bench bench, InferenceBatch batch, TensorWriter writer, String contentType) {
    this.batch = batch;
    this.writer = writer;
    this.contentType = contentType;
    this.vector = bench.settings().model(batch.model().name()).rank1() == Rank1.VECTOR;
    this.values = new TensorValues(writer);
  }

  /** Returns why the first tensor that was left out was so, or null. */
  @Nullable Rejection firstProblem() {
    return firstProblem;
  }

  void read(JsonElements elements, String pointer, Slice tail, boolean lengthGiven) {
    List<Tensor> tensors = new ArrayList<>(elements.size());
    long binary = 0;
    boolean anyBinary = false;
    for (int i = 0; i < elements.size(); i++) {
      Tensor tensor = tensor(elements.get(i), pointer + "/" + i);
      tensors.add(tensor);
      if (tensor.binarySize() >= 0) {
        anyBinary = true;
        binary += tensor.binarySize();
      }
    }
    int position = binaryStart(tail, binary, anyBinary, lengthGiven);
    for (Tensor tensor : tensors) {
      Slice bytes = null;
      if (tensor.binarySize() >= 0) {
        bytes = tail.between(position, position + (int) tensor.binarySize());
        position = bytes.to();
      }
      read(tensor, bytes);
    }
  }

  private static Tensor tensor(Slice value, String pointer) {
    if (!Json.isObject(value)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "a tensor is not an object", pointer);
    }
    JsonOutline json = JsonOutline.of(value, 2);
    Slice data = json.find("data");
    return new Tensor(json, pointer, data, data == null ? binarySize(json, pointer) : -1);
  }

  private static long binarySize(JsonOutline tensor, String pointer) {
    JsonOutline parameters = parameters(tensor);
    Slice size = parameters == null ? null : parameters.find("binary_data_size");
    if (size == null) {
      return -1;
    }
    double bytes = Json.isString(size) ? -1 : numberOr(size, -1);
    if (!(bytes >= 0 && bytes <= Integer.MAX_VALUE) || bytes != Math.rint(bytes)) {
      throw new Rejection(
          RejectReason.BAD_LENGTH,
          "binary_data_size is no length",
          pointer + "/parameters/binary_data_size");
    }
    return (long) bytes;
  }

  private static double numberOr(Slice scalar, double otherwise) {
    if (scalar.length() < 9 && scalar.text().chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Integer.parseInt(scalar.text());
    }
    try {
      return Json.isScalar(scalar) ? Json.number(scalar, "") : otherwise;
    } catch (Rejection e) {
      return otherwise;
    }
  }

  /** Returns where the first binary tensor begins; the tail must hold all of them and no more. */
  private static int binaryStart(Slice tail, long binary, boolean anyBinary, boolean lengthGiven) {
    if (!anyBinary) {
      if (JsonScan.skipBlank(tail, tail.from()) == tail.to()) {
        return tail.from();
      }
      throw lengthGiven
          ? new Rejection(RejectReason.BAD_LENGTH, "bytes follow the JSON that no tensor claims")
          : new Rejection(
              RejectReason.NO_HEADER_LENGTH,
              "bytes follow the JSON and nothing says what they are");
    }
    long surplus = tail.length() - binary;
    boolean blank = surplus > 0 && !lengthGiven && isBlank(tail, (int) surplus);
    if (surplus != 0 && !blank) {
      throw new Rejection(
          RejectReason.BAD_LENGTH,
          "the tensors claim " + binary + " bytes, " + tail.length() + " follow the JSON");
    }
    return tail.from() + (int) surplus;
  }

  private static boolean isBlank(Slice tail, int length) {
    return JsonScan.skipBlank(tail, tail.from()) >= tail.from() + length;
  }

  private void read(Tensor tensor, @Nullable Slice bytes) {
    String name = tensor.json().text("name");
    Datatype type = Datatype.of(tensor.json().text("datatype"));
    if (type == null && tensor.json().has("datatype")) {
      leaveOut(SchemaProblem.UNSUPPORTED, RejectReason.UNSUPPORTED, "unknown datatype", tensor);
    } else if (tensor.data() == null && bytes == null) {
      leaveOutWithoutData(tensor);
    } else {
      TensorShape shape = shape(tensor);
      if (shape == null) {
        leaveOut(SchemaProblem.BAD_SHAPE, RejectReason.BAD_SHAPE, "no usable shape", tensor);
      } else {
        read(tensor, name, type == null ? Datatype.FP64 : type, shape, bytes);
      }
    }
  }

  private void leaveOutWithoutData(Tensor tensor) {
    JsonOutline parameters = parameters(tensor.json());
    if (parameters != null && parameters.has("shared_memory_region")) {
      leaveOut(
          SchemaProblem.UNSUPPORTED,
          RejectReason.UNSUPPORTED,
          "the values are in shared memory, they were never sent",
          tensor);
    } else {
      leaveOut(
          SchemaProblem.MISSING_FIELD, RejectReason.MISSING_FIELD, "a tensor has no data", tensor);
    }
  }

  private @Nullable TensorShape shape(Tensor tensor) {
    Slice given = tensor.json().findGiven("shape");
    if (given == null && tensor.data() != null) {
      batch.addProblem(SchemaProblem.MISSING_FIELD);
      return TensorShape.of(TensorScan.infer(tensor.data()), vector);
    }
    if (given == null || !Json.isArray(given)) {
      return null;
    }
    JsonElements elements = JsonElements.of(given, 3);
    long[] dimensions = new long[elements.size()];
    for (int i = 0; i < dimensions.length; i++) {
      double dimension = numberOr(elements.get(i), -1);
      dimensions[i] = dimension == Math.rint(dimension) ? (long) dimension : -1;
    }
    return TensorShape.of(dimensions, vector);
  }

  private void read(
      Tensor tensor, String name, Datatype type, TensorShape shape, @Nullable Slice bytes) {
    String content = tensorContentType(tensor.json());
    if (bytes != null) {
      readBinary(tensor, name, type, shape, bytes, content);
    } else if (tensor.data() != null) {
      readJson(tensor, name, type, shape, tensor.data(), content);
    }
  }

  private void readBinary(
      Tensor tensor, String name, Datatype type, TensorShape shape, Slice bytes, String content) {
    if (!BinaryTensor.fits(type, bytes, shape.count())) {
      throw new Rejection(
          RejectReason.BAD_LENGTH,
          "binary_data_size does not fit the shape",
          tensor.pointer() + "/parameters/binary_data_size");
    }
    if (isEncoded(content)) {
      writer.startOpaque(name, shape);
    } else if (writer.start(name, shape)) {
      BinaryTensor.write(type, bytes, shape.count(), writer);
    }
  }

  /** Returns whether the elements are files of some kind, and no values. */
  private static boolean isEncoded(String content) {
    return content.equals("base64");
  }

  private void readJson(
      Tensor tensor, String name, Datatype type, TensorShape shape, Slice data, String content) {
    SchemaProblem problem = TensorScan.check(data, shape);
    boolean packed = type == Datatype.BYTES && content.equals("np");
    if (problem != null && packed && data.length() >= shape.count()) {
      writer.startOpaque(name, shape); // one buffer instead of the elements
    } else if (problem != null) {
      RejectReason reason =
          problem == SchemaProblem.RAGGED ? RejectReason.RAGGED : RejectReason.BAD_SHAPE;
      leaveOut(problem, reason, "data does not fit the shape", tensor);
    } else if (isEncoded(content)) {
      writer.startOpaque(name, shape);
    } else if (writer.start(name, shape)) {
      values.write(data, type, content.equals("pd_json"), tensor.pointer() + "/data");
    }
  }

  private void leaveOut(SchemaProblem problem, RejectReason reason, String detail, Tensor tensor) {
    batch.addProblem(problem);
    if (firstProblem == null) {
      firstProblem = new Rejection(reason, detail, tensor.pointer());
    }
  }

  private String tensorContentType(JsonOutline tensor) {
    String own = contentType(tensor);
    return own.isEmpty() ? contentType : own;
  }

  /** Returns MLServer's content type of a request or a tensor; empty if it has none. */
  static String contentType(JsonOutline object) {
    JsonOutline parameters = parameters(object);
    return parameters == null ? "" : parameters.text("content_type");
  }

  private static @Nullable JsonOutline parameters(JsonOutline object) {
    Slice parameters = object.findGiven("parameters");
    return parameters == null || !Json.isObject(parameters) ? null : JsonOutline.of(parameters, 3);
  }
}
