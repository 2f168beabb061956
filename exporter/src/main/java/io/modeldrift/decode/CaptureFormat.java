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
  private final Bench scratchBench;
  private @Nullable Detector scratch;

  CaptureFormat(Bench bench) {
    this.bench = bench;
    this.scratchBench = new Bench(bench.settings());
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
    if (input == null && output == null) {
      return new Decoded.Ignored(Protocol.SAGEMAKER_CAPTURE, IgnoreReason.EMPTY);
    }
    InferenceBatch batch = bench.open(message, BodyIdentity.NONE, kind(input, output));
    write(batch, input, output, event, message);
    return bench.result(Protocol.SAGEMAKER_CAPTURE);
  }

  private static BatchKind kind(@Nullable Slice input, @Nullable Slice output) {
    if (input == null) {
      return BatchKind.RESPONSE;
    }
    return output == null ? BatchKind.REQUEST : BatchKind.PAIR;
  }

  private void write(
      InferenceBatch batch,
      @Nullable Slice input,
      @Nullable Slice output,
      JsonOutline event,
      Message message) {
    int firstRow = batch.rows();
    if (input != null) {
      InferenceBatch features = side(input, Half.REQUEST, message, "/captureData/endpointInput");
      batch.ensureRows(firstRow + features.rows());
      bench.checkSize(batch);
      batch.copyFrom(features, Role.INPUT, firstRow);
      bench.checkSize(batch);
    }
    int inputRows = batch.rows() - firstRow;
    if (output != null) {
      InferenceBatch answers = side(output, Half.RESPONSE, message, "/captureData/endpointOutput");
      if (input == null || answers.rows() == inputRows) {
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

  /** Decodes one side as the payload that it once was; the result is valid until the next call. */
  private InferenceBatch side(Slice value, Half half, Message message, String pointer) {
    if (!Json.isObject(value)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "a captured side is not an object", pointer);
    }
    JsonOutline side = JsonOutline.of(value, 2);
    Slice body = body(side, pointer);
    Envelope envelope = message.envelope().withHalf(half);
    PayloadHeaders headers =
        PayloadHeaders.of(Map.of("Content-Type", side.text("observedContentType")));
    scratchBench.clear();
    Decoded decoded = scratch().decodePayload(message.inside(envelope, headers, body));
    if (decoded instanceof Decoded.Inferences inferences) {
      return inferences.batches().get(0);
    }
    if (decoded instanceof Decoded.Rejected rejected) {
      throw new Rejection(rejected.reason(), rejected.detail(), pointer + "/data");
    }
    return scratchBench.open(message, BodyIdentity.NONE, BatchKind.REQUEST);
  }

  private static Slice body(JsonOutline side, String pointer) {
    String encoding = side.text("encoding");
    String data = side.text("data");
    boolean text = encoding.equals("CSV") || encoding.equals("JSON");
    return text
        ? Slice.of(data.getBytes(StandardCharsets.UTF_8))
        : Base64Text.decode(data, pointer + "/data");
  }

  private Detector scratch() {
    Detector detector = scratch;
    if (detector == null) {
      detector = Detector.withoutCapture(scratchBench);
      scratch = detector;
    }
    return detector;
  }
}
