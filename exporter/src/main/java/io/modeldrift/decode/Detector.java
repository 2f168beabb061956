package io.modeldrift.decode;

import io.modeldrift.decode.Route.Kind;
import java.util.List;

/** Finds the format of mirrored traffic: by path, headers and the shape of the body. */
final class Detector {

  private final BareFormat bare;
  private final List<JsonFormat> formats;

  Detector(Bench bench) {
    this.bare = new BareFormat(bench);
    this.formats = List.of(new V1Format(bench), new ErrorFormat(), bare);
  }

  Decoded decode(Message message) {
    Slice body = message.body();
    int start = JsonScan.skipBlank(body, body.from());
    if (start == body.to()) {
      return new Decoded.Ignored(Protocol.UNKNOWN, IgnoreReason.EMPTY);
    }
    if (message.route().kind() == Kind.NOT_INFERENCE) {
      return new Decoded.Ignored(Protocol.UNKNOWN, IgnoreReason.NOT_INFERENCE);
    }
    Message trimmed = message.withBody(body.from(start));
    return switch (body.at(start)) {
      case '{' -> decodeObject(trimmed);
      case '[' -> decodeArray(trimmed);
      default -> unsupported();
    };
  }

  private Decoded decodeObject(Message message) {
    JsonOutline outline = JsonOutline.of(message.body(), 0);
    for (JsonFormat format : formats) {
      if (format.recognises(outline, message)) {
        return decode(format, outline, message);
      }
    }
    return unsupported();
  }

  private static Decoded decode(JsonFormat format, JsonOutline outline, Message message) {
    try {
      return format.decode(outline, message);
    } catch (Rejection e) {
      return e.asDecoded(format.protocol(message));
    }
  }

  private Decoded decodeArray(Message message) {
    Slice body = message.body();
    Slice array = body.between(body.from(), JsonScan.skipValue(body, body.from(), 0));
    if (!bare.applies(message)) {
      return unsupported();
    }
    try {
      return bare.decode(array, message);
    } catch (Rejection e) {
      return e.asDecoded(bare.protocol(message));
    }
  }

  private static Decoded unsupported() {
    return new Decoded.Rejected(
        Protocol.UNKNOWN, RejectReason.UNSUPPORTED, "the payload is of no known format", "");
  }
}
