/** The HTTP servers: addresses, TLS, and who gets in. */
@NullMarked
package io.modeldrift.app.web;

import org.jspecify.annotations.NullMarked;
