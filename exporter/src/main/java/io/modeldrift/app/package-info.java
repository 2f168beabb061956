/** Command line, wiring, start and stop in order, demo. */
@NullMarked
package io.modeldrift.app;

import org.jspecify.annotations.NullMarked;
