/** Live state per model version: windows, quality, latency; hands out snapshots. */
@NullMarked
package io.modeldrift.observe;

import org.jspecify.annotations.NullMarked;
