package io.modeldrift.decode;

/** SageMaker ground truth and Seldon feedback: outcomes, which have doors of their own. */
final class GroundTruthFormat implements JsonFormat {

  @Override
  public Protocol protocol(Message message) {
    return Protocol.UNKNOWN;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return body.has("groundTruthData")
        || (body.has("truth") && body.has("response"))
        || (body.has("reward") && body.has("response"));
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    return new Decoded.Ignored(protocol(message), IgnoreReason.NOT_INFERENCE);
  }
}
