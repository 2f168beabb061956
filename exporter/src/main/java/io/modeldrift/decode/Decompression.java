package io.modeldrift.decode;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Undoes the compression of a body, whether a header announces it or not.
 *
 * <p>Loggers drop the {@code Content-Encoding} of what they forward, so gzip is recognised by its
 * first bytes too. The cap holds for the size after decompression: a small body can be a bomb.
 */
final class Decompression {

  private static final int CHUNK = 8192;
  private static final int MAX_LAYERS = 2;
  private static final int MIN_BYTES = 512;

  /** What deflate reaches at most. */
  private static final int MAX_RATIO = 1_032;

  private final int maxBytes;

  Decompression(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Returns the plain body; the given one if it is not compressed.
   *
   * @throws Rejection if it is too large, broken, or compressed in a way that is not known
   */
  Slice undo(Slice body, String contentEncoding) {
    String encoding = contentEncoding.toLowerCase(Locale.ROOT);
    Slice plain = body;
    if (encoding.equals("deflate") && body.length() > 0) {
      plain = inflate(body);
    } else if (!encoding.isEmpty() && !isKnown(encoding)) {
      throw new Rejection(
          RejectReason.UNSUPPORTED, "the body has a content encoding that is not gzip or deflate");
    }
    for (int layer = 0; layer < MAX_LAYERS && isGzip(plain); layer++) {
      plain = gunzip(plain);
    }
    if (plain.length() > maxBytes) {
      throw tooLarge();
    }
    return plain;
  }

  private static boolean isKnown(String encoding) {
    return encoding.equals("gzip")
        || encoding.equals("x-gzip")
        || encoding.equals("deflate")
        || encoding.equals("identity");
  }

  static boolean isGzip(Slice body) {
    return body.length() > 2
        && body.at(body.from()) == 0x1f
        && body.at(body.from() + 1) == (byte) 0x8b;
  }

  Slice gunzip(Slice body) {
    try (InputStream in = new GZIPInputStream(stream(body), CHUNK)) {
      return read(in, announced(body));
    } catch (EOFException e) {
      throw new Rejection(RejectReason.TRUNCATED, "the gzip data ends early");
    } catch (IOException e) {
      throw new Rejection(RejectReason.BAD_COMPRESSION, "not valid gzip data");
    }
  }

  /** HTTP means the zlib format by deflate, yet some senders leave its two header bytes out. */
  private Slice inflate(Slice body) {
    boolean zlib = (body.at(body.from()) & 0x0f) == 8;
    Inflater inflater = new Inflater(!zlib);
    try (InputStream in = new InflaterInputStream(stream(body), inflater, CHUNK)) {
      return read(in, 4L * body.length());
    } catch (EOFException e) {
      throw new Rejection(RejectReason.TRUNCATED, "the deflate data ends early");
    } catch (IOException e) {
      throw new Rejection(RejectReason.BAD_COMPRESSION, "not valid deflate data");
    } finally {
      inflater.end();
    }
  }

  /** The size that the end of gzip data tells, as far as data so short can become so long. */
  private static long announced(Slice body) {
    if (body.length() < Integer.BYTES) {
      return 0;
    }
    int end = body.from() + body.length();
    long size = 0;
    for (int i = 1; i <= Integer.BYTES; i++) {
      size = size << Byte.SIZE | (body.at(end - i) & 0xff);
    }
    return Math.min(size, (long) MAX_RATIO * body.length());
  }

  private static InputStream stream(Slice body) {
    return new ByteArrayInputStream(body.bytes(), body.from(), body.length());
  }

  /** Reads everything into memory of the expected size, and into more if that was wrong. */
  private Slice read(InputStream in, long expected) throws IOException {
    byte[] plain = new byte[(int) Math.max(MIN_BYTES, Math.min(expected, maxBytes))];
    int length = 0;
    for (int n = 0; n >= 0; n = in.read(plain, length, plain.length - length)) {
      length += n;
      if (length > maxBytes) {
        throw tooLarge();
      }
      if (length == plain.length) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        plain = Arrays.copyOf(plain, (int) Math.min(2L * length, maxBytes + 1L));
        plain[length++] = (byte) next;
      }
    }
    return new Slice(plain, 0, length);
  }

  private Rejection tooLarge() {
    return new Rejection(
        RejectReason.TOO_LARGE, "the decompressed body is larger than " + maxBytes + " bytes");
  }
}
