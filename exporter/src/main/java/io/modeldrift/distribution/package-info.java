/** Bin layouts and binned counts as values; how a number or a category finds its bin. */
@NullMarked
package io.modeldrift.distribution;

import org.jspecify.annotations.NullMarked;
