package io.modeldrift.app;

import io.modeldrift.config.StorageSettings;
import io.modeldrift.expose.SnapshotFacts;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.SnapshotFile;
import io.modeldrift.snapshot.StatePart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves the state of all parts now and then and at the stop, and restores it at the start.
 *
 * <p>A snapshot that cannot be used is set aside, one that cannot be written is counted; neither
 * keeps the exporter from working. Thread-safe.
 */
final class Snapshots implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final Path directory;
  private final Path file;

  /** What this process went on from, until it has saved itself; a rename needs no room on disk. */
  private final Path continued;

  private final List<StatePart> parts;
  private final InstantSource time;
  private volatile SnapshotFacts facts = SnapshotFacts.none();
  private @Nullable FileChannel lock;
  private boolean failing;
  private boolean closed;

  /**
   * Takes the directory for this process alone.
   *
   * @param parts in the order in which they are restored
   * @throws CommandException if another process uses the directory
   */
  Snapshots(Path directory, List<StatePart> parts, InstantSource time) {
    this.directory = directory;
    this.file = directory.resolve("snapshot");
    this.continued = directory.resolve("snapshot.continued");
    this.parts = List.copyOf(parts);
    this.time = time;
    try {
      Files.createDirectories(directory);
      lock = lock(directory.resolve("lock"));
    } catch (IOException e) {
      fail("cannot use " + directory + " for snapshots", e);
    }
  }

  /** Returns how the snapshots went. */
  SnapshotFacts facts() {
    return facts;
  }

  /** Restores what the last process left; call it once, before anything flows. */
  synchronized void restore() {
    boolean fresh = Files.exists(file);
    Path source = fresh ? file : continued;
    if (!Files.exists(source)) {
      return;
    }
    try {
      SnapshotFile.Restored restored = SnapshotFile.read(source, parts, fresh);
      facts = facts.restoredFrom(restored.taken());
      LOG.info("restored the state of {}", restored.taken());
      restored.skipped().forEach(skipped -> LOG.warn("not restored: {}", skipped));
      if (restored.foreign()) {
        keepForeign(source);
      }
      if (fresh) {
        Files.move(file, continued, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (SnapshotException e) {
      facts = facts.failed();
      setAside(source, e);
    } catch (IOException e) {
      fail("cannot read " + source, e);
    }
  }

  /** The next save would destroy what the version that wrote it could still read. */
  private void keepForeign(Path source) throws IOException {
    Path aside = aside();
    Files.copy(source, aside, StandardCopyOption.REPLACE_EXISTING);
    facts = facts.failed();
    LOG.error(
        "{} was written by another version of the exporter and is kept as {}; counters start at"
            + " zero",
        file,
        aside);
  }

  private Path aside() {
    return file.resolveSibling("snapshot.unusable");
  }

  /** Saves the state while everything goes on. */
  void save() {
    save(false);
  }

  /** Saves the state for the last time; nothing may flow any more. */
  @Override
  public synchronized void close() {
    save(true);
    release();
  }

  /** Leaves the directory to others as the last process left it; nothing may have flowed. */
  synchronized void abandon() {
    try {
      if (Files.exists(continued) && !Files.exists(file)) {
        Files.move(continued, file);
      }
    } catch (IOException e) {
      fail("cannot leave " + file + " as it was", e);
    }
    release();
  }

  /** Leaves the directory to others without another save. */
  synchronized void release() {
    closed = true;
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      LOG.debug("cannot release the lock", e);
    }
  }

  private synchronized void save(boolean last) {
    if (closed) {
      return;
    }
    long start = System.nanoTime();
    Instant now = time.instant();
    try {
      Files.createDirectories(directory);
      long bytes = SnapshotFile.write(file, now, last, parts);
      Files.deleteIfExists(continued);
      facts = facts.written((System.nanoTime() - start) / 1e9, bytes, now);
      if (failing) {
        LOG.info("snapshots are written again");
        failing = false;
      }
    } catch (IOException e) {
      fail("cannot write a snapshot; state is in memory only", e);
    }
  }

  private void setAside(Path source, SnapshotException why) {
    Path aside = aside();
    try {
      Files.move(source, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.error(
          "starting afresh; {} cannot be used and is now {}: {}", source, aside, why.getMessage());
    } catch (IOException e) {
      fail("starting afresh; " + source + " can neither be used nor set aside", e);
    }
  }

  /** Tells the log once; the counter tells how often. */
  private void fail(String what, IOException why) {
    facts = facts.failed();
    if (!failing) {
      LOG.error("{}: {}", what, why.toString());
      failing = true;
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock taken;
    try {
      taken = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      taken = null;
    }
    if (taken == null) {
      channel.close();
      throw new CommandException(
          1, "another exporter keeps its state in " + file.getParent() + "; give each its own");
    }
    return channel;
  }

  /** Returns the snapshots of a configuration; null if state is kept in memory only. */
  static @Nullable Snapshots of(
      StorageSettings settings, List<StatePart> parts, InstantSource time) {
    return settings.path().map(path -> new Snapshots(path, parts, time)).orElse(null);
  }
}
