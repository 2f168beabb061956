package io.modeldrift.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads one request body up to a cap.
 *
 * <p>What lies above the cap is read and thrown away up to a small multiple of it: resetting a
 * connection in the middle of a body would be an error in the mirror's log for every request.
 */
final class BodyReader {

  private static final int DISCARD_FACTOR = 8;
  private static final int CHUNK = 8192;

  private final int cap;

  BodyReader(int cap) {
    this.cap = cap;
  }

  /** What came of reading: the bytes, or how many there were at least. */
  sealed interface Body {
    /** The whole body. */
    record Complete(byte[] bytes) implements Body {}

    /** More than the cap; {@code drained} says whether the end was reached all the same. */
    record TooLarge(long bytes, boolean drained) implements Body {}
  }

  /**
   * Reads the body.
   *
   * @param announced its length as the client says, -1 if it does not
   */
  Body read(InputStream in, long announced) throws IOException {
    if (announced > cap) {
      return discard(in, 0, announced);
    }
    byte[] bytes = new byte[announced >= 0 ? (int) announced : CHUNK];
    int length = 0;
    while (true) {
      int read = in.read(bytes, length, bytes.length - length);
      if (read < 0) {
        break;
      }
      length += read;
      if (length == bytes.length) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        if (length >= cap) {
          return discard(in, length + 1L, announced);
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(cap, Math.max(CHUNK, bytes.length * 2L)));
        bytes[length++] = (byte) next;
      }
    }
    if (announced > length) {
      throw new IOException("the body ended before its announced length");
    }
    return new Body.Complete(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
  }

  private Body discard(InputStream in, long alreadyRead, long announced) throws IOException {
    long total = alreadyRead;
    byte[] scratch = new byte[CHUNK];
    while (total <= (long) cap * DISCARD_FACTOR) {
      int read = in.read(scratch);
      if (read < 0) {
        return new Body.TooLarge(total, true);
      }
      total += read;
    }
    return new Body.TooLarge(Math.max(total, announced), false);
  }
}
