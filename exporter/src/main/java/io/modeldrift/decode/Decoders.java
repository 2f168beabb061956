package io.modeldrift.decode;

/** Makes decoders. */
public final class Decoders {

  private Decoders() {}

  /** Returns a decoder of every format that is known; each thread needs one of its own. */
  public static PayloadDecoder standard(DecodeSettings settings) {
    return new StandardDecoder(settings);
  }
}
