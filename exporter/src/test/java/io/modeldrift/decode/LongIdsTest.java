package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.decode.Payload.Door;
import io.modeldrift.inference.EventKey;
import io.modeldrift.inference.EventKey.Pairing;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.IdText;
import io.modeldrift.inference.InferenceBatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids as long as a body: whoever names the inference, they are kept as their hash. */
class LongIdsTest {

  private static final String LONG = "i".repeat(300_000);
  private static final String V1 = "{\"instances\":[[1]]}";
  private static final String KEYED = "{'specversion':'1.0','type':'a.request','source':'s',";

  private static Decoded decode(Door door, String path, String contentType, String body) {
    PayloadHeaders headers = PayloadHeaders.of(Map.of("Content-Type", contentType));
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return Decoders.standard(DecodeSettings.defaults())
        .decode(new Payload(door, path, headers, bytes, Instant.EPOCH));
  }

  private static InferenceBatch batch(String path, String contentType, String body) {
    Decoded decoded = decode(Door.MIRROR, path, contentType, body);
    assertThat(decoded).isInstanceOf(Decoded.Inferences.class);
    return ((Decoded.Inferences) decoded).batches().get(0);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String body(String kind, String id) {
    String data = ",'data':" + V1 + "}";
    return switch (kind) {
      case "id" -> KEYED + "'id':'" + id + "'" + data;
      case "requestid" -> KEYED + "'id':'1','requestid':'" + id + "'" + data;
      case "service" -> KEYED + "'id':'1','inferenceservicename':'" + id + "'" + data;
      case "namespace" -> KEYED + "'id':'1','namespace':'" + id + "'" + data;
      case "metadata" -> KEYED + "'id':'1','metadata':{'X-Request-Id':'" + id + "'}" + data;
      case "batch" -> "[" + KEYED + "'id':'" + id + "'" + data + "]";
      case "blob" ->
          "[{'bytes':'"
              + base64(V1)
              + "','reqType':'a.request','id':'"
              + id
              + "','namespace':'n'}]";
      case "modelmesh" ->
          "{'modelid':'m','id':'"
              + id
              + "','kind':'request','data':'KhUKAXgSBUlOVDMyGAIYASoFEAcQrAI='}";
      case "v2" ->
          "{'id':'" + id + "','inputs':[{'name':'x','shape':[1],'datatype':'INT8','data':[1]}]}";
      case "capture" ->
          "{'captureData':{'endpointInput':{'mode':'INPUT','observedContentType':'text/csv',"
              + "'data':'1','encoding':'CSV'}},'eventMetadata':{'eventId':'"
              + id
              + "'}}";
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "id, /, application/cloudevents+json",
    "requestid, /, application/cloudevents+json",
    "service, /, application/cloudevents+json",
    "namespace, /, application/cloudevents+json",
    "metadata, /, application/cloudevents+json",
    "batch, /, application/cloudevents-batch+json",
    "blob, /, application/json",
    "modelmesh, /consumer/kserve/v2, application/json",
    "v2, /v2/models/m/infer, application/json",
    "capture, /, application/json"
  })
  void idsOfAnInference_areBounded_andStillTellItApart(
      String kind, String path, String contentType) {
    InferenceBatch batch = batch(path, contentType, body(kind, LONG));
    EventKey event = batch.event();
    List<Pairing> keys = event == null ? List.of() : event.pairing();

    assertThat(keys)
        .allSatisfy(key -> assertThat(key.id()).hasSizeLessThanOrEqualTo(IdText.MAX_CHARS))
        .allSatisfy(key -> assertThat(key.scope()).hasSizeLessThan(2 * IdText.MAX_CHARS));
    String id = batch.id(0);
    assertThat(id == null ? "" : id).hasSizeLessThanOrEqualTo(IdText.MAX_CHARS);
    assertThat(keys.isEmpty() && id == null).isFalse();

    InferenceBatch same = batch(path, contentType, body(kind, LONG));
    assertThat(same.id(0)).isEqualTo(id);
    assertThat(same.event()).isEqualTo(event);
    InferenceBatch other = batch(path, contentType, body(kind, LONG + "2"));
    EventKey otherEvent = other.event();
    assertThat(otherEvent == null ? other.id(0) : otherEvent.pairing())
        .isNotEqualTo(event == null ? id : keys);
  }

  @Test
  void rowOfTheNativeFormat_isBoundedToo() {
    String body = "{'model':'m','inference_id':'" + LONG + "','features':{'x':1}}";
    Decoded decoded = decode(Door.NATIVE, "/api/v1/inferences", "application/json", body);

    assertThat(((Decoded.Inferences) decoded).batches().get(0).id(0))
        .isEqualTo(IdText.bounded(LONG));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'model': 'm', 'inference_id': 'ID', 'actual': 1}          | application/json
          {'model': 'm', 'inference_id': 'ID', 'actual': [1, 0]}     | application/json
          model,inference_id,actual\\nm,ID,1                         | text/csv
          {'groundTruthData': {'data': '1', 'encoding': 'CSV'}, 'eventMetadata': {'eventId': 'ID'}} | application/json
          {'response': {'meta': {'puid': 'ID'}}, 'truth': {'data': {'ndarray': [1]}}} | application/json
          """)
  void groundTruth_namesTheSameId(String body, String contentType) {
    Decoded decoded =
        decode(
            Door.GROUND_TRUTH,
            "/api/v1/ground-truth",
            contentType,
            body.replace("\\n", "\n").replace("ID", LONG));

    assertThat(decoded).isInstanceOf(Decoded.Truths.class);
    List<GroundTruth> truths = ((Decoded.Truths) decoded).truths();
    assertThat(truths)
        .isNotEmpty()
        .allSatisfy(truth -> assertThat(truth.ids()).containsExactly(IdText.bounded(LONG)));
  }

  @Test
  void manyRowsOfOneLongId_takeNoLongerThanItsBody() {
    String line = "{'inputs':[{'name':'x','shape':[1],'datatype':'INT8','data':[1]}]}\n";
    String event = KEYED + "'id':'" + LONG + "','data_base64':'";
    String lines = base64(line.repeat(5_000).replace('\'', '"'));
    InferenceBatch batch =
        batch(
            "/",
            "application/cloudevents+json",
            event + lines + "','datacontenttype':'application/x-ndjson'}");

    assertThat(batch.rows()).isEqualTo(5_000);
    assertThat(batch.id(4_999)).isSameAs(batch.id(0));
    assertThat(Objects.requireNonNull(batch.event()).pairing()).hasSize(1);
  }
}
