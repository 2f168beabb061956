package io.modeldrift.truth;

import java.util.List;
import java.util.Locale;

/**
 * Which detectors watch the stream of a model's errors, and how often they may be wrong.
 *
 * @param detectors each at most once; none to watch nothing
 * @param expectedRunRows about how many outcomes pass between two false alarms, at least 1000; DDM
 *     cannot be set so
 */
public record DetectorSettings(List<Kind> detectors, int expectedRunRows) {

  private static final DetectorSettings DEFAULTS =
      new DetectorSettings(List.of(Kind.ADWIN), 100_000);

  /** The detectors that there are. */
  public enum Kind {
    /** Compares the newer and the older part of the stream, wherever they are cut. */
    ADWIN,
    /** Sums up how far losses lie above their mean. */
    PAGE_HINKLEY,
    /** Compares the error rate with its lowest; for classes only. */
    DDM,
    /** Compares means by Hoeffding's bound. */
    HDDM_A;

    /** Returns the name used in configuration and as the {@code detector} label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the expected run is too short
   */
  public DetectorSettings {
    detectors = detectors.stream().distinct().toList();
    if (expectedRunRows < 1000) {
      throw new IllegalArgumentException("expected run of " + expectedRunRows + " rows");
    }
  }

  /** Returns ADWIN with about one false alarm in 100,000 outcomes. */
  public static DetectorSettings defaults() {
    return DEFAULTS;
  }
}
