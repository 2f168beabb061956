package io.modeldrift.snapshot;

import java.io.IOException;

/**
 * A part of the exporter whose state survives a restart.
 *
 * <p>Thread-safe implementations: {@link #save} is called while traffic flows and must hold its
 * locks only as long as it takes to copy into memory.
 */
public interface StatePart {

  /** Takes sections as they are written. */
  interface Sections {
    /** Appends a section to the file. */
    void add(StateOutput section) throws IOException;
  }

  /** Returns the name of its sections, at most 40 ASCII characters. */
  String stateName();

  /**
   * Returns the version of its sections; those of other versions are skipped when they are read.
   */
  int stateVersion();

  /** Writes any number of sections; one for each model, for example, to lock one at a time. */
  void save(Sections sections) throws IOException;

  /**
   * Restores one section.
   *
   * @param continuous whether nothing happened after the section was written: only then do counters
   *     go on. After a crash they start at zero, since going back a little would look like a reset
   *     in which everything was counted again.
   * @throws SnapshotException if the section makes no sense; what was restored of it must be
   *     consistent all the same
   */
  void restore(StateInput section, boolean continuous) throws SnapshotException;
}
