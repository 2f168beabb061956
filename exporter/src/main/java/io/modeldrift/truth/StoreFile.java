package io.modeldrift.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of entries that nothing depends on: one that cannot be read is set aside under another
 * name and begun anew, and without a usable disk there is none.
 *
 * @param consequence what a person is told if there is none
 */
record StoreFile(Path path, String consequence) {

  private static final Logger LOG = LoggerFactory.getLogger(StoreFile.class);

  /** Opens a file, or throws what says that it cannot be read. */
  interface Opening<T> {
    T open(Path file, boolean replaced);
  }

  /** Returns what was opened; empty if the disk cannot be used. */
  <T> Optional<T> open(Instant now, Opening<T> opening) {
    try {
      Path directory = path.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      return Optional.of(opening.open(path, false));
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        LOG.error("{} is in use by another process; {}", path, consequence);
        return Optional.empty();
      }
      return replace(now, e, opening);
    } catch (IOException | RuntimeException e) {
      return unusable(e);
    }
  }

  /** Sets aside a file whose content turned out to be unreadable, and begins a new one. */
  <T> Optional<T> replace(Instant now, RuntimeException cause, Opening<T> opening) {
    // A disk that is full or read-only says nothing against the file on it.
    if (cause instanceof MVStoreException failure
        && failure.getErrorCode() == DataUtils.ERROR_WRITING_FAILED) {
      return unusable(cause);
    }
    Path aside = path.resolveSibling(path.getFileName() + ".unreadable-" + now.toEpochMilli());
    try {
      Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.error("{} is not readable ({}); set aside as {}", path, cause.getMessage(), aside);
      return Optional.of(opening.open(path, true));
    } catch (IOException | RuntimeException e) {
      return unusable(e);
    }
  }

  private <T> Optional<T> unusable(Exception cause) {
    LOG.error("{} cannot be used ({}); {}", path, cause.toString(), consequence);
    return Optional.empty();
  }
}
