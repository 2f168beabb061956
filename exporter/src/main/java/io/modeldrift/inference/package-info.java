/** The shared words: model key, columns of a batch, outputs, ids, times. */
@NullMarked
package io.modeldrift.inference;

import org.jspecify.annotations.NullMarked;
