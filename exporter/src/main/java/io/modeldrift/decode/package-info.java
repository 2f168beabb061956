/** Bytes of one payload to inferences, or exactly why not. */
@NullMarked
package io.modeldrift.decode;

import org.jspecify.annotations.NullMarked;
