package io.modeldrift.decode;

import org.jspecify.annotations.Nullable;

/**
 * What answers a call of {@code ModelStreamInfer}: ModelStreamInferResponse, an error or a
 * ModelInferResponse.
 *
 * @param error empty if there is none
 * @param response the wrapped response; null if there is none
 */
record GrpcStream(String error, @Nullable Slice response) {

  private static final int ERROR_MESSAGE = 1;
  private static final int INFER_RESPONSE = 2;

  /**
   * Returns whether a message of a stream is an answer. A request has tensors, which an answer has
   * inside its second field only, so the transport need not say which half it is.
   */
  static boolean isAnswer(Slice bytes, Half half) {
    if (half != Half.UNKNOWN) {
      return half == Half.RESPONSE;
    }
    ProtoReader in = ProtoReader.outermost(bytes);
    while (in.next()) {
      if (in.field() != ERROR_MESSAGE && in.field() != INFER_RESPONSE) {
        return false;
      }
      in.skip();
    }
    return true;
  }

  /** Reads an answer. */
  static GrpcStream of(Slice bytes) {
    String error = "";
    Slice response = null;
    ProtoReader in = ProtoReader.outermost(bytes);
    while (in.next()) {
      switch (in.field()) {
        case ERROR_MESSAGE -> error = in.text();
        case INFER_RESPONSE -> response = in.bytes();
        default -> in.skip();
      }
    }
    return new GrpcStream(error, response);
  }
}
