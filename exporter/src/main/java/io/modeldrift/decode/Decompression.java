package io.modeldrift.decode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
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
      return read(in);
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
      return read(in);
    } catch (EOFException e) {
      throw new Rejection(RejectReason.TRUNCATED, "the deflate data ends early");
    } catch (IOException e) {
      throw new Rejection(RejectReason.BAD_COMPRESSION, "not valid deflate data");
    } finally {
      inflater.end();
    }
  }

  private static InputStream stream(Slice body) {
    return new ByteArrayInputStream(body.bytes(), body.from(), body.length());
  }

  private Slice read(InputStream in) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      plain.write(chunk, 0, n);
      if (plain.size() > maxBytes) {
        throw tooLarge();
      }
    }
    return Slice.of(plain.toByteArray());
  }

  private Rejection tooLarge() {
    return new Rejection(
        RejectReason.TOO_LARGE, "the decompressed body is larger than " + maxBytes + " bytes");
  }
}
