package io.modeldrift.decode;

import io.modeldrift.decode.ModelDecoding.Rank1;
import io.modeldrift.decode.Route.Kind;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Open Inference Protocol over gRPC: ModelInferRequest and ModelInferResponse, of single calls and
 * of streams, with or without the five bytes of framing, values typed or raw.
 */
final class GrpcFormat {

  private static final int FRAME_HEADER = 5;

  private final Bench bench;
  private final Decompression decompression;
  private final GrpcContents contents = new GrpcContents();

  GrpcFormat(Bench bench, Decompression decompression) {
    this.bench = bench;
    this.decompression = decompression;
  }

  /** The fields of either message; those of a request and a response differ in two numbers. */
  private static final class Fields {
    String model = "";
    String version = "";
    String id = "";
    final List<Slice> tensors = new ArrayList<>();
    final List<Slice> six = new ArrayList<>();
    final List<Slice> seven = new ArrayList<>();
  }

  /** A tensor as the message describes it. */
  private static final class Tensor {
    String name = "";
    String datatype = "";
    long[] shape = new long[4];
    int rank;
    final List<Slice> contents = new ArrayList<>();
  }

  /** Decodes the frames of a body, or the one bare message that it is. */
  Decoded decode(Message message) {
    Slice body = message.body();
    if (!isFramed(body)) {
      return decodePart(body, message);
    }
    Records records = new Records(bench);
    int position = body.from();
    while (position < body.to()) {
      Slice frame = frame(body, position);
      boolean compressed = body.at(position) == 1;
      position = frame.to();
      records.add("", () -> decodePart(compressed ? decompression.gunzip(frame) : frame, message));
    }
    return records.result(Protocol.V2_GRPC);
  }

  /** A message begins with the tag of its first field, which is never 0 or 1. */
  private static boolean isFramed(Slice body) {
    byte first = body.at(body.from());
    return first == 0 || first == 1;
  }

  private static Slice frame(Slice body, int position) {
    if (body.to() - position < FRAME_HEADER) {
      throw new Rejection(RejectReason.TRUNCATED, "the payload ends within a gRPC frame");
    }
    long length = 0;
    for (int i = 1; i < FRAME_HEADER; i++) {
      length = length << 8 | (body.at(position + i) & 0xff);
    }
    if ((body.at(position) & 0xfe) != 0) {
      throw new Rejection(RejectReason.BAD_LENGTH, "something follows the gRPC frame");
    }
    int start = position + FRAME_HEADER;
    if (length > body.to() - start) {
      throw new Rejection(RejectReason.TRUNCATED, "the payload ends within a gRPC frame");
    }
    return body.between(start, start + (int) length);
  }

  /** Decodes one message of a call or of a stream, whose answers are wrapped. */
  private Decoded decodePart(Slice bytes, Message message) {
    Half half = message.envelope().half();
    if (message.route().kind() != Kind.GRPC_STREAM || !GrpcStream.isAnswer(bytes, half)) {
      return decodeMessage(bytes, message);
    }
    GrpcStream answer = GrpcStream.of(bytes);
    if (!answer.error().isEmpty()) {
      return new Decoded.Ignored(Protocol.V2_GRPC, IgnoreReason.ERROR_RESPONSE);
    }
    Slice response = answer.response();
    if (response == null) {
      return new Decoded.Ignored(Protocol.V2_GRPC, IgnoreReason.EMPTY);
    }
    return decodeMessage(
        response,
        message.inside(
            message.envelope().withHalf(Half.RESPONSE), message.headers(), message.body()));
  }

  /** Decodes one message without framing. */
  Decoded decodeMessage(Slice bytes, Message message) {
    Fields fields = read(bytes);
    boolean response = isResponse(fields, message.envelope().half());
    List<Slice> raw = response ? fields.six : fields.seven;
    BodyIdentity identity = new BodyIdentity(fields.model, fields.version, fields.id);
    InferenceBatch batch =
        bench.open(message, identity, response ? BatchKind.RESPONSE : BatchKind.REQUEST);
    TensorWriter writer =
        new TensorWriter(bench, batch, response ? Role.OUTPUT : Role.INPUT, fields.tensors.size());
    Rejection problem = write(fields.tensors, raw, batch, writer);
    if (writer.written() == 0 && problem != null) {
      throw problem;
    }
    bench.identify(batch, writer.firstRow(), message, identity);
    return bench.result(Protocol.V2_GRPC);
  }

  private static Fields read(Slice bytes) {
    Fields fields = new Fields();
    ProtoReader in = ProtoReader.outermost(bytes);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> fields.model = in.text();
        case 2 -> fields.version = in.text();
        case 3 -> fields.id = in.text();
        case 5 -> fields.tensors.add(in.bytes());
        case 6 -> fields.six.add(in.bytes());
        case 7 -> fields.seven.add(in.bytes());
        default -> in.skip();
      }
    }
    return fields;
  }

  /**
   * Where the transport does not say which half it is: a request without typed values has them raw
   * in field 7; in a response they are in field 6, one a tensor.
   */
  private static boolean isResponse(Fields fields, Half half) {
    if (half != Half.UNKNOWN) {
      return half == Half.RESPONSE;
    }
    return fields.seven.isEmpty()
        && !fields.six.isEmpty()
        && fields.six.size() == fields.tensors.size()
        && fields.tensors.stream().allMatch(tensor -> tensor(tensor).contents.isEmpty());
  }

  private static Tensor tensor(Slice bytes) {
    Tensor tensor = new Tensor();
    ProtoReader in = new ProtoReader(bytes);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> tensor.name = in.text();
        case 2 -> tensor.datatype = in.text();
        case 3 -> addDimensions(tensor, in);
        case 5 -> tensor.contents.add(in.bytes());
        default -> in.skip();
      }
    }
    return tensor;
  }

  private static void addDimensions(Tensor tensor, ProtoReader in) {
    if (in.wireType() == ProtoReader.VARINT) {
      addDimension(tensor, in.varint());
      return;
    }
    ProtoReader packed = new ProtoReader(in.bytes());
    while (!packed.atEnd()) {
      addDimension(tensor, packed.varint());
    }
  }

  private static void addDimension(Tensor tensor, long dimension) {
    if (tensor.rank == tensor.shape.length) {
      tensor.shape = Arrays.copyOf(tensor.shape, 2 * tensor.rank);
    }
    tensor.shape[tensor.rank++] = dimension;
  }

  private @Nullable Rejection write(
      List<Slice> tensors, List<Slice> raw, InferenceBatch batch, TensorWriter writer) {
    List<Tensor> read = tensors.stream().map(GrpcFormat::tensor).toList();
    boolean byIndex = raw.size() == read.size();
    long open = read.stream().filter(tensor -> tensor.contents.isEmpty()).count();
    if (!byIndex && !raw.isEmpty() && raw.size() != open) {
      throw new Rejection(RejectReason.BAD_LENGTH, "raw contents and tensors differ in number");
    }
    Rejection first = null;
    int nextRaw = 0;
    for (int i = 0; i < read.size(); i++) {
      Tensor tensor = read.get(i);
      Slice bytes = null;
      if (byIndex) {
        bytes = raw.get(i);
      } else if (tensor.contents.isEmpty() && nextRaw < raw.size()) {
        bytes = raw.get(nextRaw++);
      }
      Rejection problem = write(tensor, bytes, batch, writer);
      first = first == null ? problem : first;
    }
    return first;
  }

  /** Writes a tensor, or returns why it was left out. */
  private @Nullable Rejection write(
      Tensor tensor, @Nullable Slice raw, InferenceBatch batch, TensorWriter writer) {
    Datatype type = Datatype.of(tensor.datatype);
    if (type == null) {
      batch.addProblem(SchemaProblem.UNSUPPORTED);
      return new Rejection(RejectReason.UNSUPPORTED, "a tensor has an unknown datatype");
    }
    boolean vector = bench.settings().model(batch.model().name()).rank1() == Rank1.VECTOR;
    TensorShape shape = TensorShape.of(Arrays.copyOf(tensor.shape, tensor.rank), vector);
    if (shape == null) {
      batch.addProblem(SchemaProblem.BAD_SHAPE);
      return new Rejection(RejectReason.BAD_SHAPE, "a tensor has no usable shape");
    }
    if (raw != null && tensor.contents.isEmpty()) {
      return writeRaw(tensor, type, shape, raw, writer);
    }
    contents.clear();
    tensor.contents.forEach(contents::add);
    if (contents.size() != shape.count()) {
      batch.addProblem(SchemaProblem.BAD_SHAPE);
      return new Rejection(RejectReason.BAD_SHAPE, "the contents of a tensor do not fit its shape");
    }
    if (writer.start(tensor.name, shape)) {
      contents.write(writer);
    }
    return null;
  }

  private static @Nullable Rejection writeRaw(
      Tensor tensor, Datatype type, TensorShape shape, Slice raw, TensorWriter writer) {
    if (!BinaryTensor.fits(type, raw, shape.count())) {
      throw new Rejection(RejectReason.BAD_LENGTH, "raw contents do not fit the shape");
    }
    if (writer.start(tensor.name, shape)) {
      BinaryTensor.write(type, raw, shape.count(), writer);
    }
    return null;
  }
}
