/** Measures, thresholds, tests and detectors: pure functions and small accumulators. */
@NullMarked
package io.modeldrift.statistics;

import org.jspecify.annotations.NullMarked;
