package io.modeldrift.baseline;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file of rows, plain or compressed with gzip, that knows how far it has been read. */
final class SourceFile implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final CountingStream raw;
  private final InputStream content;
  private final long size;

  private SourceFile(CountingStream raw, InputStream content, long size) {
    this.raw = raw;
    this.content = content;
    this.size = size;
  }

  /** Opens a file; whether it is compressed is told by its first bytes, not by its name. */
  static SourceFile open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a directory");
    }
    try {
      long size = Files.size(file);
      CountingStream raw = new CountingStream(Files.newInputStream(file));
      return new SourceFile(raw, uncompressed(raw), size);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": permission denied", e);
    }
  }

  InputStream content() {
    return content;
  }

  /** Returns the part of the file that has been read, 0 to 1; NaN for a pipe. */
  double progress() {
    return size == 0 ? Double.NaN : Math.min(1, (double) raw.count / size);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private static InputStream uncompressed(InputStream raw) throws IOException {
    PushbackInputStream start = new PushbackInputStream(raw, 2);
    int first = start.read();
    int second = first < 0 ? -1 : start.read();
    if (second >= 0) {
      start.unread(second);
    }
    if (first >= 0) {
      start.unread(first);
    }
    return first == GZIP_FIRST && second == GZIP_SECOND ? new GzipStream(start) : start;
  }

  /** Says in words what is wrong, wherever in a reader it comes out. */
  private static final class GzipStream extends FilterInputStream {

    GzipStream(InputStream in) throws IOException {
      super(new GZIPInputStream(in, BUFFER_BYTES));
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (EOFException | ZipException e) {
        throw new IOException("the compressed data is damaged or ends early", e);
      }
    }
  }

  private static final class CountingStream extends FilterInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
