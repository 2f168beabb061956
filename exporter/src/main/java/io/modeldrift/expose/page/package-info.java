/** The page that a person reads: models, states, worst columns and the ledger as HTML and SVG. */
@NullMarked
package io.modeldrift.expose.page;

import org.jspecify.annotations.NullMarked;
