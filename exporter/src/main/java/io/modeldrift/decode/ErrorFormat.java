package io.modeldrift.decode;

/** What model servers answer instead of a prediction: {@code error}, or a code and a message. */
final class ErrorFormat implements JsonFormat {

  @Override
  public Protocol protocol(Message message) {
    return Protocol.UNKNOWN;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return (body.size() == 1 && body.has("error"))
        || (body.has("error_code") && body.has("message"));
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    return new Decoded.Ignored(protocol(message), IgnoreReason.ERROR_RESPONSE);
  }
}
