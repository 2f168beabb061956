package io.modeldrift.app.demo;

/**
 * Where the mirror leaves its copies.
 *
 * <p>Called on the threads that serve clients, after the answer has left: an implementation returns
 * at once, never throws, and drops what it cannot keep up with.
 */
interface TrafficCopy extends AutoCloseable {

  /** Takes a copy, or drops it. */
  void offer(MirroredExchange exchange);

  /** Returns how many copies the exporter has answered. */
  long delivered();

  /** Returns how many copies found no room to wait, or no exporter that answered in time. */
  long lost();

  @Override
  void close();
}
