package io.modeldrift.expose;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Gzip, partly from text that was compressed before; it is one member, since not every reader goes
 * on after the first. Not thread-safe.
 */
final class GzipText extends OutputStream {

  /** Deflate, no flags, no time, fastest level, unknown system: RFC 1952. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

  /** An empty block that is the last one: RFC 1951. */
  private static final byte[] LAST_BLOCK = {3, 0};

  private final OutputStream out;
  private final TextDeflater piece;
  private int crc;
  private long length;

  GzipText(OutputStream out) throws IOException {
    this.out = out;
    this.piece = new TextDeflater(out);
    out.write(HEADER);
  }

  @Override
  public void write(int b) throws IOException {
    piece.write(b);
  }

  @Override
  public void write(byte[] text, int from, int count) throws IOException {
    piece.write(text, from, count);
  }

  /** Writes a text that is compressed already. */
  void write(DeflatedText text) throws IOException {
    endPiece();
    out.write(text.data());
    add(text.crc(), text.length());
  }

  /** Ends the data and closes what it was written to. */
  @Override
  public void close() throws IOException {
    try (out;
        piece) {
      endPiece();
      out.write(LAST_BLOCK);
      writeLittleEndian(crc);
      writeLittleEndian((int) length);
    }
  }

  private void endPiece() throws IOException {
    if (piece.length() > 0) {
      piece.endPiece();
      add(piece.crc(), piece.length());
      piece.startPiece();
    }
  }

  private void add(int pieceCrc, long pieceLength) {
    crc = JoinedCrc.of(crc, pieceCrc, pieceLength);
    length += pieceLength;
  }

  private void writeLittleEndian(int value) throws IOException {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(value >>> shift);
    }
  }
}
