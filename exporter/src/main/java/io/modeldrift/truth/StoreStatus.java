package io.modeldrift.truth;

import java.util.Locale;

/**
 * Where predictions wait at the moment.
 *
 * @param state how well that goes
 * @param entries predictions that wait
 * @param limitEntries predictions that may wait
 * @param fileBytes size of the file; 0 in memory
 * @param bytes about how many bytes the entries take
 * @param limitBytes how many they may take
 * @param setAside files that could not be read and were set aside since the start
 */
public record StoreStatus(
    State state,
    long entries,
    long limitEntries,
    long fileBytes,
    long bytes,
    long limitBytes,
    long setAside) {

  /** How predictions are kept. */
  public enum State {
    /** In memory, as configured. */
    MEMORY,
    /** In a file. */
    DISK,
    /** In memory, because the disk cannot be used. */
    DEGRADED;

    /** Returns the value of the {@code state} label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
