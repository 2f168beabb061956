/** Builds, reads, writes, merges, imports and describes baselines. */
@NullMarked
package io.modeldrift.baseline;

import org.jspecify.annotations.NullMarked;
