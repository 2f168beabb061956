/** Reports, counters and health to metrics, JSON API, pages. */
@NullMarked
package io.modeldrift.expose;

import org.jspecify.annotations.NullMarked;
