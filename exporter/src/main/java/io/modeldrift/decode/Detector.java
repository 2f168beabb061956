package io.modeldrift.decode;

import io.modeldrift.decode.Route.Kind;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the format of mirrored traffic by envelope, path, headers and the shape of the body, in
 * this order. Content types are hints: everybody's quick start labels JSON as a form.
 */
final class Detector {

  private final Bench bench;
  private final CloudEventsFormat cloudEvents;
  private final KserveBlobFormat blobs;
  private final GrpcFormat grpc;
  private final V2Format v2;
  private final CsvFormat csv;
  private final JsonLinesFormat lines;
  private final EventStreamFormat eventStreams;
  private final BareFormat bare;
  private final @Nullable CaptureFormat capture;
  private final List<JsonFormat> formats = new ArrayList<>();

  /** Makes a detector of all formats. */
  Detector(Bench bench) {
    this(bench, new CaptureFormat(bench));
  }

  private Detector(Bench bench, @Nullable CaptureFormat capture) {
    Decompression decompression = new Decompression(bench.settings().maxBytes());
    this.bench = bench;
    this.capture = capture;
    this.cloudEvents = new CloudEventsFormat(bench, decompression, this::decodePayload);
    this.blobs = new KserveBlobFormat(bench, decompression, this::decodePayload);
    this.grpc = new GrpcFormat(bench, decompression);
    this.v2 = new V2Format(bench);
    this.csv = new CsvFormat(bench);
    this.lines = new JsonLinesFormat(bench, this::decodeJson);
    this.eventStreams = new EventStreamFormat(this::decodeJson);
    this.bare = new BareFormat(bench);
    addFormats();
  }

  /** Makes a detector for what a data-capture record holds, which is never another record. */
  static Detector withoutCapture(Bench bench) {
    return new Detector(bench, null);
  }

  /** The order is that of the specification: the first that recognises a body has it. */
  private void addFormats() {
    if (capture != null) {
      formats.add(capture);
    }
    formats.add(new GroundTruthFormat(bench));
    formats.add(new StatusFormat(bench));
    formats.add(new MlflowFormat(bench));
    formats.add(v2);
    formats.add(new ExplanationFormat(bench));
    formats.add(new V1Format(bench));
    formats.add(new SagemakerFormat(bench));
    formats.add(new SeldonFormat(bench, this::decodeJson));
    formats.add(new ModelMeshFormat(grpc));
    formats.add(new GenerateFormat(bench));
    formats.add(new OpenAiFormat(bench));
    formats.add(new ErrorFormat());
    formats.add(bare);
  }

  /** Decodes a payload as it came from the transport. */
  Decoded decode(Message message) {
    String contentType = message.headers().contentType();
    boolean batch = contentType.startsWith("application/cloudevents-batch");
    boolean structured = !batch && contentType.startsWith("application/cloudevents");
    if (!batch && !structured && !CloudEvent.isIn(message.headers())) {
      return decodePayload(message);
    }
    try {
      if (batch) {
        return cloudEvents.batch(message);
      }
      return structured ? cloudEvents.structured(message) : cloudEvents.binary(message);
    } catch (Rejection e) {
      return e.asDecoded(Protocol.CLOUDEVENTS);
    }
  }

  /** Decodes what is inside all envelopes. */
  Decoded decodePayload(Message message) {
    Slice body = message.body();
    int start = JsonScan.skipBlank(body, body.from());
    if (isGrpc(message)) {
      return body.length() == 0
          ? new Decoded.Ignored(Protocol.V2_GRPC, IgnoreReason.EMPTY)
          : guarded(Protocol.V2_GRPC, () -> grpc.decode(message));
    }
    Kind kind = message.route().kind();
    if (start == body.to()) {
      return new Decoded.Ignored(
          Protocol.UNKNOWN,
          kind == Kind.NOT_INFERENCE ? IgnoreReason.NOT_INFERENCE : IgnoreReason.EMPTY);
    }
    String header = message.headers().get(V2Format.LENGTH_HEADER);
    if (!header.isEmpty()) {
      return guarded(Protocol.V2, () -> v2.decodeWithLength(message, header));
    }
    Decoded decoded = isJson(body, start) ? decodeJson(message) : decodeOther(message, start);
    // Loggers choose their own paths, so a path that carries no inferences has the last word only.
    // They also copy every answer there is, most of which were never predictions.
    return (kind == Kind.NOT_INFERENCE || message.isResponse()) && isUnknown(decoded)
        ? new Decoded.Ignored(Protocol.UNKNOWN, IgnoreReason.NOT_INFERENCE)
        : decoded;
  }

  private static boolean isUnknown(Decoded decoded) {
    return decoded instanceof Decoded.Rejected rejected
        && rejected.reason() == RejectReason.UNSUPPORTED
        && rejected.protocol() == Protocol.UNKNOWN;
  }

  private static boolean isGrpc(Message message) {
    Kind kind = message.route().kind();
    return message.headers().contentType().startsWith("application/grpc")
        || kind == Kind.GRPC
        || kind == Kind.GRPC_STREAM;
  }

  private static boolean isJson(Slice body, int start) {
    return body.at(start) == '{' || body.at(start) == '[';
  }

  private Decoded decodeOther(Message message, int start) {
    String contentType = message.headers().contentType();
    if (EventStreamFormat.isEventStream(message, start)) {
      return eventStreams.decode(message);
    }
    if (CsvFormat.isCsv(contentType)) {
      return guarded(Protocol.CSV, () -> csv.decode(message));
    }
    if (contentType.startsWith("multipart/form-data")) {
      Slice part = Multipart.jsonPart(message.body(), contentType);
      if (part != null) {
        return decodeJson(message.withBody(part));
      }
    }
    if (message.route().kind() == Kind.NAMED_PREDICTION) {
      return opaqueRow(message);
    }
    // The gRPC body of an event whose logger lost the content type.
    if (!message.envelope().delivery().isEmpty()) {
      Decoded decoded = guarded(Protocol.V2_GRPC, () -> grpc.decode(message));
      if (decoded instanceof Decoded.Inferences) {
        return decoded;
      }
    }
    return unsupported();
  }

  /** TorchServe and DJL take any bytes; most are images. */
  private Decoded opaqueRow(Message message) {
    InferenceBatch batch = bench.open(message, BodyIdentity.NONE, BatchKind.REQUEST);
    int row = batch.rows();
    new RowWriter(bench, batch, Role.INPUT, false).writeOpaqueRow(row);
    bench.identify(batch, row, message, BodyIdentity.NONE);
    return bench.result(Protocol.BARE);
  }

  private Decoded decodeJson(Message untrimmed) {
    Slice body = untrimmed.body();
    int start = JsonScan.skipBlank(body, body.from());
    if (start == body.to()) {
      return new Decoded.Ignored(Protocol.UNKNOWN, IgnoreReason.EMPTY);
    }
    Message message = untrimmed.withBody(body.from(start));
    if (isLines(message)) {
      return lines.decode(message);
    }
    return switch (body.at(start)) {
      case '{' -> decodeObject(message);
      case '[' -> decodeArray(message);
      default -> decodeScalar(message);
    };
  }

  /** Lines of one payload are decoded one at a time, so a line is never taken for lines again. */
  private static boolean isLines(Message message) {
    Slice body = message.body();
    if (!Json.isObject(body) || indexOfLineEnd(body) == body.to()) {
      return false;
    }
    if (JsonLinesFormat.isJsonLines(message.headers().contentType())) {
      return true;
    }
    JsonOutline first = JsonOutline.ofObject(body, 0);
    if (first == null) {
      return false;
    }
    int next = JsonScan.skipBlank(body, first.end());
    boolean record = first.has("captureData") || first.has("groundTruthData");
    return record && next < body.to() && body.at(next) == '{';
  }

  private static int indexOfLineEnd(Slice body) {
    int p = body.from();
    while (p < body.to() && body.at(p) != '\n') {
      p++;
    }
    return p;
  }

  private Decoded decodeObject(Message message) {
    JsonOutline outline = JsonOutline.of(message.body(), 0);
    if (CloudEventsFormat.isStructured(outline)) {
      return guarded(Protocol.CLOUDEVENTS, () -> cloudEvents.structured(message));
    }
    for (JsonFormat format : formats) {
      if (format.recognises(outline, message)) {
        return guarded(format.protocol(message), () -> format.decode(outline, message));
      }
    }
    return unsupported();
  }

  private Decoded decodeArray(Message message) {
    Slice body = message.body();
    Slice array = body.between(body.from(), JsonScan.skipValue(body, body.from(), 0));
    JsonElements elements = JsonElements.of(array, 0);
    JsonOutline first = elements.size() == 0 ? null : JsonOutline.ofObject(elements.get(0), 1);
    if (first != null) {
      if (CloudEventsFormat.isStructured(first)) {
        return cloudEvents.batch(message);
      }
      if (KserveBlobFormat.isRecord(first)) {
        return blobs.decode(elements, message);
      }
    }
    if (bare.applies(message)) {
      return guarded(Protocol.BARE, () -> bare.decode(array, message));
    }
    boolean mlflow =
        message.route().kind() == Kind.INVOCATIONS && message.route().model().isEmpty();
    return mlflow
        ? new Decoded.Rejected(
            Protocol.MLFLOW, RejectReason.BAD_SHAPE, "MLflow takes objects, not a list", "")
        : unsupported();
  }

  private Decoded decodeScalar(Message message) {
    return message.isResponse() && bare.applies(message)
        ? guarded(Protocol.BARE, () -> bare.decode(scalar(message.body()), message))
        : unsupported();
  }

  private static Slice scalar(Slice body) {
    return body.between(body.from(), JsonScan.skipValue(body, body.from(), 0));
  }

  private interface Decoding {
    Decoded run();
  }

  private static Decoded guarded(Protocol protocol, Decoding decoding) {
    try {
      return decoding.run();
    } catch (Rejection e) {
      return e.asDecoded(protocol);
    }
  }

  private static Decoded unsupported() {
    return new Decoded.Rejected(
        Protocol.UNKNOWN, RejectReason.UNSUPPORTED, "the payload is of no known format", "");
  }
}
