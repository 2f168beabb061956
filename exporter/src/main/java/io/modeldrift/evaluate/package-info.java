/** On a timer: windows and baseline to an immutable report with scores, thresholds, states. */
@NullMarked
package io.modeldrift.evaluate;

import org.jspecify.annotations.NullMarked;
