package io.modeldrift.expose;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses text into raw deflate data at the fastest level, at which a scrape's thousands of
 * similar lines shrink well. Not thread-safe.
 */
final class TextDeflater extends OutputStream {

  private final OutputStream out;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 15];
  private long length;

  TextDeflater(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] text, int from, int count) throws IOException {
    crc.update(text, from, count);
    length += count;
    deflater.setInput(text, from, count);
    while (!deflater.needsInput()) {
      pass(Deflater.NO_FLUSH);
    }
  }

  /** Writes everything out, up to a whole byte, so that data made elsewhere may follow. */
  void endPiece() throws IOException {
    int written = pass(Deflater.SYNC_FLUSH);
    while (written == buffer.length) {
      written = pass(Deflater.SYNC_FLUSH);
    }
  }

  /** Starts another piece, which refers to nothing before it. */
  void startPiece() {
    deflater.reset();
    crc.reset();
    length = 0;
  }

  /** Returns the CRC-32 of the piece. */
  int crc() {
    return (int) crc.getValue();
  }

  /** Returns how many bytes of text the piece has. */
  long length() {
    return length;
  }

  /** Frees the memory; what has not been written out is lost. */
  @Override
  public void close() {
    deflater.end();
  }

  private int pass(int flush) throws IOException {
    int count = deflater.deflate(buffer, 0, buffer.length, flush);
    out.write(buffer, 0, count);
    return count;
  }
}
