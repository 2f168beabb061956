package io.modeldrift.decode;

import io.modeldrift.inference.IdText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * CloudEvents over HTTP: binary, structured, batched. What an event holds is decoded as if it had
 * come alone, with what the event says about it.
 */
final class CloudEventsFormat {

  private static final List<String> REQUIRED = List.of("specversion", "type", "source", "id");

  /** Header fields that describe the bytes of the one body that they came with. */
  private static final Set<String> OF_REQUEST_BODY =
      Set.of(V2Format.LENGTH_HEADER.toLowerCase(Locale.ROOT), "content-encoding", "grpc-encoding");

  private final Bench bench;
  private final Decompression decompression;
  private final Function<Message, Decoded> payloads;

  /**
   * @param payloads decodes what is inside an event
   */
  CloudEventsFormat(Bench bench, Decompression decompression, Function<Message, Decoded> payloads) {
    this.bench = bench;
    this.decompression = decompression;
    this.payloads = payloads;
  }

  static boolean isStructured(JsonOutline body) {
    return REQUIRED.stream().allMatch(body::has);
  }

  /** Decodes an event whose attributes are header fields. */
  Decoded binary(Message message) {
    CloudEvent event = CloudEvent.of(message.headers());
    return inside(event, message, message.body(), message.headers().get("Content-Type"));
  }

  /** Decodes an event that is one JSON object. */
  Decoded structured(Message message) {
    JsonOutline json = JsonOutline.of(message.body(), 0);
    for (String attribute : REQUIRED) {
      if (json.text(attribute).isEmpty()) {
        throw new Rejection(
            RejectReason.MISSING_FIELD, "the event lacks " + attribute, "/" + attribute);
      }
    }
    CloudEvent event = CloudEvent.of(json);
    Slice data = json.findGiven("data");
    Slice base64 = json.findGiven("data_base64");
    if (data != null && base64 != null) {
      throw new Rejection(RejectReason.AMBIGUOUS, "both data and data_base64 are given");
    }
    if (base64 != null) {
      Slice bytes = Base64Text.decode(Json.text(base64), "/data_base64");
      return inside(event, message, bytes, event.get("datacontenttype"));
    }
    if (data == null) {
      return new Decoded.Ignored(Protocol.CLOUDEVENTS, IgnoreReason.EMPTY);
    }
    // A text may be the payload itself, or JSON that its producer put into quotes by mistake.
    Slice body =
        Json.isString(data) ? Slice.of(Json.text(data).getBytes(StandardCharsets.UTF_8)) : data;
    return inside(event, message, body, event.get("datacontenttype"));
  }

  /** Decodes an array of structured events. */
  Decoded batch(Message message) {
    Slice body = message.body();
    int start = JsonScan.skipBlank(body, body.from());
    if (start == body.to()) {
      return new Decoded.Ignored(Protocol.CLOUDEVENTS, IgnoreReason.EMPTY);
    }
    JsonElements events = JsonElements.of(body.from(start), 0);
    Records records = new Records(bench);
    for (int i = 0; i < events.size(); i++) {
      Slice event = events.get(i);
      records.add("/" + i, () -> structured(message.withBody(event)));
    }
    return records.result(Protocol.CLOUDEVENTS);
  }

  private Decoded inside(CloudEvent event, Message message, Slice body, String contentType) {
    Map<String, String> headers = new HashMap<>(metadata(event));
    headers.put("Content-Type", contentType);
    copy(message.headers(), V2Format.LENGTH_HEADER, headers);
    copy(message.headers(), "grpc-encoding", headers);
    PayloadHeaders inner = PayloadHeaders.of(headers);
    Slice plain = decompression.undo(body, inner.get("Content-Encoding"));
    Decoded decoded =
        payloads.apply(
            message.inside(event.envelope(message.envelope(), message.route()), inner, plain));
    return event.isFeedback() && !(decoded instanceof Decoded.Truths)
        ? new Decoded.Ignored(Protocol.CLOUDEVENTS, IgnoreReason.NOT_INFERENCE)
        : decoded;
  }

  private static void copy(PayloadHeaders from, String name, Map<String, String> to) {
    if (from.has(name)) {
      to.put(name, from.get(name));
    }
  }

  /**
   * Returns the request headers that KServe's logger was told to pass on. It puts them into the
   * event of the response, too, whose bytes they say nothing about.
   */
  private static Map<String, String> metadata(CloudEvent event) {
    Map<String, String> headers = new HashMap<>();
    boolean response = event.half() == Half.RESPONSE;
    byte[] json = event.get("metadata").getBytes(StandardCharsets.UTF_8);
    if (json.length == 0 || json[0] != '{') {
      return headers;
    }
    try {
      JsonOutline outline = JsonOutline.of(Slice.of(json), 0);
      for (int i = 0; i < outline.size(); i++) {
        String name = outline.key(i).toLowerCase(Locale.ROOT);
        Slice value = outline.value(i);
        if (Json.isArray(value)) {
          JsonElements values = JsonElements.of(value, 1);
          value = values.size() == 0 ? value : values.get(0);
        }
        boolean wanted =
            PayloadHeaders.isNeeded(name) && !(response && OF_REQUEST_BODY.contains(name));
        if (Json.isScalar(value) && wanted) {
          headers.put(name, IdText.bounded(Json.text(value)));
        }
      }
    } catch (Rejection e) {
      headers.clear(); // not JSON after all; it only helps, it is not needed
    }
    return headers;
  }
}
