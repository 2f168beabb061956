package io.modeldrift.expose;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Text that is compressed once and sent many times, as part of {@link GzipText}.
 *
 * @param data raw deflate data without a last block, which ends on a whole byte and refers to
 *     nothing before it; never written to
 * @param crc CRC-32 of the text
 * @param length bytes of the text
 */
record DeflatedText(byte[] data, int crc, long length) {

  /** What writes a text. */
  interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  static DeflatedText of(Source text) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (TextDeflater deflater = new TextDeflater(data)) {
      text.writeTo(deflater);
      deflater.endPiece();
      return new DeflatedText(data.toByteArray(), deflater.crc(), deflater.length());
    }
  }
}
