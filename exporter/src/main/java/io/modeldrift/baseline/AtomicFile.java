package io.modeldrift.baseline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Replaces a file as a whole: through a new file beside it that is moved into its place. */
final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes the content; on failure the old file, if any, is unchanged and nothing is left behind.
   *
   * <p>A symbolic link keeps pointing where it does: the file behind it is replaced.
   */
  static void write(Path file, byte[] content) throws IOException {
    try {
      replace(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(), content);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": cannot be written: its directory does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": cannot be written: permission denied", e);
    } catch (FileSystemException e) {
      throw new IOException(file + ": cannot be written: " + e.getReason(), e);
    }
  }

  private static void replace(Path target, byte[] content) throws IOException {
    Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      writeNew(part, content);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void writeNew(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true); // else a crash may leave the new name with no content
    }
  }
}
