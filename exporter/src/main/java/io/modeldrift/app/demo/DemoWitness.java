package io.modeldrift.app.demo;

/** Somebody who hears what the models answer, and has something to say about it later. */
interface DemoWitness {

  /**
   * Takes an answer that a client was given.
   *
   * @param replayed how many flights were replayed before
   */
  void heard(Answered answered, long replayed);

  /** Learns how many flights have been replayed. Returns at once. */
  void passed(long replayed);
}
