package io.modeldrift.decode;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events of a streamed response: of all its {@code data:} lines the last one that tells
 * the usage counts, else the last one.
 */
final class EventStreamFormat {

  private static final int MAX_EVENTS = 100_000;
  private static final byte[] FIELD = {'d', 'a', 't', 'a', ':'};

  private final Function<Message, Decoded> payloads;

  EventStreamFormat(Function<Message, Decoded> payloads) {
    this.payloads = payloads;
  }

  static boolean isEventStream(Message message, int start) {
    return message.headers().contentType().startsWith("text/event-stream")
        || isField(message.body(), start);
  }

  private static boolean isField(Slice body, int position) {
    if (body.to() - position < FIELD.length) {
      return false;
    }
    for (int i = 0; i < FIELD.length; i++) {
      if (body.at(position + i) != FIELD[i]) {
        return false;
      }
    }
    return true;
  }

  Decoded decode(Message message) {
    Slice chosen = chosen(message.body());
    return chosen == null
        ? new Decoded.Ignored(Protocol.UNKNOWN, IgnoreReason.EMPTY)
        : payloads.apply(message.withBody(chosen));
  }

  private static @Nullable Slice chosen(Slice body) {
    Slice last = null;
    boolean lastHasUsage = false;
    Lines lines = new Lines(body);
    for (int i = 0; i < MAX_EVENTS; i++) {
      Slice line = lines.next();
      if (line == null) {
        break;
      }
      Slice data = data(line);
      if (data != null) {
        JsonOutline event = JsonOutline.ofObject(data, 0);
        boolean usage = event != null && event.hasStarting("usage", '{');
        if (usage || !lastHasUsage) {
          last = data;
          lastHasUsage = usage;
        }
      }
    }
    return last;
  }

  private static @Nullable Slice data(Slice line) {
    if (!isField(line, line.from())) {
      return null;
    }
    int start = JsonScan.skipBlank(line, line.from() + FIELD.length);
    return start < line.to() && line.at(start) == '{' ? line.from(start) : null;
  }
}
