package io.modeldrift.decode;

/**
 * Turns the bytes of one payload into inferences, or says exactly why it cannot.
 *
 * <p>Never throws for any bytes. Not thread-safe: batches are reused from payload to payload, so
 * each observer thread has a decoder of its own.
 */
public interface PayloadDecoder {

  /** Decodes a payload; the batches of the result are valid until the next call. */
  Decoded decode(Payload payload);
}
