package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.IdText;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SageMaker data-capture records: request and response of one invocation side by side, each in the
 * format that the endpoint speaks.
 */
final class CaptureFormat implements JsonFormat {

  private static final List<String> OUTPUTS = List.of("endpointOutput", "batchTransformOutput");
  private static final String ID_FIELD = "SageMakerInferenceId";
  private static final String TIME_FIELD = "SageMakerInferenceTime";

  private final Bench bench;
  private final Side inputs;
  private final Side outputs;

  CaptureFormat(Bench bench) {
    this.bench = bench;
    this.inputs = new Side(bench.settings(), Half.REQUEST, "/captureData/endpointInput");
    this.outputs = new Side(bench.settings(), Half.RESPONSE, "/captureData/endpointOutput");
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.SAGEMAKER_CAPTURE;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return body.hasStarting("captureData", '{') && body.has("eventMetadata");
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    Slice capture = body.find("captureData");
    Slice metadata = body.find("eventMetadata");
    if (capture == null || metadata == null || !Json.isObject(metadata)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "eventMetadata is not an object");
    }
    JsonOutline sides = JsonOutline.of(capture, 1);
    JsonOutline event = JsonOutline.of(metadata, 1);
    Slice input = sides.findGiven("endpointInput");
    Slice output = null;
    for (String key : OUTPUTS) {
      output = output == null ? sides.findGiven(key) : output;
    }
    InferenceBatch features = inputs.read(input, message);
    InferenceBatch answers = outputs.read(output, message);
    Rejection problem = inputs.problem() == null ? outputs.problem() : inputs.problem();
    if (features == null && answers == null) {
      if (problem != null) {
        throw problem;
      }
      return new Decoded.Ignored(Protocol.SAGEMAKER_CAPTURE, IgnoreReason.EMPTY);
    }
    InferenceBatch batch = bench.open(message, BodyIdentity.NONE, kind(features, answers));
    if (problem != null) {
      batch.addProblem(SchemaProblem.BAD_RECORD);
    }
    write(batch, features, answers, event);
    return bench.result(Protocol.SAGEMAKER_CAPTURE);
  }

  private static BatchKind kind(
      @Nullable InferenceBatch features, @Nullable InferenceBatch answers) {
    if (features == null) {
      return BatchKind.RESPONSE;
    }
    return answers == null ? BatchKind.REQUEST : BatchKind.PAIR;
  }

  private void write(
      InferenceBatch batch,
      @Nullable InferenceBatch features,
      @Nullable InferenceBatch answers,
      JsonOutline event) {
    int firstRow = batch.rows();
    if (features != null) {
      batch.ensureRows(firstRow + features.rows());
      bench.checkSize(batch);
      batch.copyFrom(features, Role.INPUT, firstRow);
      bench.checkSize(batch);
    }
    int inputRows = batch.rows() - firstRow;
    if (answers != null) {
      if (features == null || answers.rows() == inputRows) {
        batch.ensureRows(firstRow + answers.rows());
        batch.copyFrom(answers, Role.OUTPUT, firstRow, List.of(ID_FIELD, TIME_FIELD));
        identify(batch, firstRow, answers);
      } else {
        batch.addProblem(SchemaProblem.ROW_MISMATCH);
      }
    }
    bench.checkSize(batch);
    identify(batch, firstRow, event);
  }

  private static void identify(InferenceBatch batch, int firstRow, JsonOutline event) {
    String id =
        IdText.bounded(Identification.firstGiven(event.text("inferenceId"), event.text("eventId")));
    Instant time = Times.parse(event.text("inferenceTime"));
    for (int row = firstRow; row < batch.rows(); row++) {
      if (!id.isEmpty() && batch.id(row) == null) {
        batch.setId(row, id);
      }
      if (time != null) {
        batch.setTime(row, time);
      }
    }
  }

  /** Batch transform appends the id to what it captures. */
  private static void identify(InferenceBatch batch, int firstRow, InferenceBatch answers) {
    Column ids = answers.find(Role.OUTPUT, ID_FIELD);
    for (int row = 0; ids != null && row < answers.rows(); row++) {
      if (ids.kind(row) == Column.TEXT) {
        batch.setId(firstRow + row, ids.text(row));
      }
    }
  }

  /** One side of records: a decoder of the payloads that they once were. */
  private static final class Side {

    private final Bench bench;
    private final Half half;
    private final String pointer;
    private @Nullable Detector detector;
    private @Nullable Rejection problem;

    Side(DecodeSettings settings, Half half, String pointer) {
      this.bench = new Bench(settings);
      this.half = half;
      this.pointer = pointer;
    }

    /** Returns why the side that was read last could not be used, or null. */
    @Nullable Rejection problem() {
      return problem;
    }

    /** Returns the rows of a side, valid until the next call, or null if it has none. */
    @Nullable InferenceBatch read(@Nullable Slice side, Message message) {
      problem = null;
      if (side == null) {
        return null;
      }
      try {
        return decode(side, message);
      } catch (Rejection e) {
        problem = e;
        return null;
      }
    }

    private @Nullable InferenceBatch decode(Slice value, Message message) {
      if (!Json.isObject(value)) {
        throw new Rejection(RejectReason.BAD_SHAPE, "a captured side is not an object", pointer);
      }
      JsonOutline side = JsonOutline.of(value, 2);
      Slice body = body(side);
      Envelope envelope = message.envelope().withHalf(half);
      PayloadHeaders headers =
          PayloadHeaders.of(Map.of("Content-Type", side.text("observedContentType")));
      bench.clear();
      Decoded decoded = detector().decodePayload(message.inside(envelope, headers, body));
      if (decoded instanceof Decoded.Inferences inferences) {
        return inferences.batches().get(0);
      }
      if (decoded instanceof Decoded.Rejected rejected) {
        throw new Rejection(rejected.reason(), rejected.detail(), pointer + "/data");
      }
      if (decoded instanceof Decoded.Ignored ignored
          && ignored.reason() == IgnoreReason.NOT_INFERENCE) {
        throw new Rejection(
            RejectReason.UNSUPPORTED, "a captured side is of no known format", pointer + "/data");
      }
      return null;
    }

    private Slice body(JsonOutline side) {
      String encoding = side.text("encoding");
      String data = side.text("data");
      boolean text = encoding.equals("CSV") || encoding.equals("JSON");
      return text
          ? Slice.of(data.getBytes(StandardCharsets.UTF_8))
          : Base64Text.decode(data, pointer + "/data");
    }

    private Detector detector() {
      Detector known = detector;
      if (known == null) {
        known = Detector.withoutCapture(bench);
        detector = known;
      }
      return known;
    }
  }
}
