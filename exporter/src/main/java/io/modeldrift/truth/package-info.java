/** Joins outcomes to predictions: performance, calibration, fairness. */
@NullMarked
package io.modeldrift.truth;

import org.jspecify.annotations.NullMarked;
