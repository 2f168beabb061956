/** A year of real flights, two small models, a mirroring proxy and a client that replays them. */
@NullMarked
package io.modeldrift.app.demo;

import org.jspecify.annotations.NullMarked;
