package io.modeldrift.decode;

import io.modeldrift.inference.EventKey.Pairing;
import java.util.function.Function;

/** The records of KServe's marshaller: an array of events, each with its body as base64. */
final class KserveBlobFormat {

  private final Bench bench;
  private final Decompression decompression;
  private final Function<Message, Decoded> payloads;

  KserveBlobFormat(Bench bench, Decompression decompression, Function<Message, Decoded> payloads) {
    this.bench = bench;
    this.decompression = decompression;
    this.payloads = payloads;
  }

  static boolean isRecord(JsonOutline object) {
    return object.has("bytes") && object.has("reqType");
  }

  Decoded decode(JsonElements events, Message message) {
    Records records = new Records(bench);
    for (int i = 0; i < events.size(); i++) {
      Slice event = events.get(i);
      records.add("/" + i, () -> decode(event, message));
    }
    return records.result(Protocol.CLOUDEVENTS);
  }

  private Decoded decode(Slice value, Message message) {
    JsonOutline event = JsonOutline.of(value, 1);
    Slice body = decompression.undo(Base64Text.decode(event.text("bytes"), "/bytes"), "");
    String type = event.text("reqType");
    String id = event.text("id");
    String service = event.text("inferenceService");
    String scope =
        String.join(" ", "ce", service, event.text("namespace"), event.text("component"));
    Half half = type.endsWith(".response") ? Half.RESPONSE : Half.REQUEST;
    Envelope envelope =
        Envelope.of(service, "", half)
            .withTime(Times.parse(event.text("occurrenceTime")))
            .withEvent(id.isEmpty() ? null : new Pairing(scope, id), type + "\n" + id, id);
    return payloads.apply(message.inside(envelope, PayloadHeaders.none(), body));
  }
}
