/** Saved state: how parts write it, and the checked file that holds it. */
@NullMarked
package io.modeldrift.snapshot;

import org.jspecify.annotations.NullMarked;
