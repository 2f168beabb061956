package io.modeldrift.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where state survives a restart.
 *
 * @param path directory for the snapshot; empty to keep everything in memory only
 * @param interval time between snapshots, and so the most that a crash can lose
 */
public record StorageSettings(Optional<Path> path, Duration interval) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Checks the interval. */
  public StorageSettings {
    if (interval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("interval " + interval + " is shorter than " + SHORTEST);
    }
  }

  /** Returns what holds without configuration: memory only. */
  public static StorageSettings inMemory() {
    return new StorageSettings(Optional.empty(), Duration.ofSeconds(30));
  }
}
