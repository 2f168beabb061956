package io.modeldrift.decode;

import java.util.function.Function;

/** JSON lines: each line a document of its own; a bad one does not spoil the others. */
final class JsonLinesFormat {

  private final Bench bench;
  private final Function<Message, Decoded> payloads;

  JsonLinesFormat(Bench bench, Function<Message, Decoded> payloads) {
    this.bench = bench;
    this.payloads = payloads;
  }

  static boolean isJsonLines(String contentType) {
    return contentType.startsWith("application/jsonlines")
        || contentType.startsWith("application/x-ndjson")
        || contentType.startsWith("application/x-jsonlines");
  }

  Decoded decode(Message message) {
    Records records = new Records(bench);
    Lines lines = new Lines(message.body());
    int number = 0;
    for (Slice line = lines.next(); line != null; line = lines.next()) {
      Slice document = line;
      records.add("/" + number++, () -> payloads.apply(message.withBody(document)));
    }
    return records.result(Protocol.JSON_LINES);
  }
}
