/** YAML, flags and environment to settings; refuses what it does not know. */
@NullMarked
package io.modeldrift.config;

import org.jspecify.annotations.NullMarked;
