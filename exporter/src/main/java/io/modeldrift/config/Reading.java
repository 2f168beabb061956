package io.modeldrift.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What all sections of one reading share.
 *
 * @param overrides values from flags and the environment
 * @param problems everything wrong so far
 * @param keys every key that was asked for
 */
record Reading(Overrides overrides, Problems problems, List<KnownKey> keys) {

  Reading(Overrides overrides) {
    this(overrides, new Problems(), new ArrayList<>());
  }
}
