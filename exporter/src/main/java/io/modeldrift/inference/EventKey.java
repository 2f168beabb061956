package io.modeldrift.inference;

import java.util.List;

/**
 * What joins the request and the response of one inference, and tells a repeated delivery from a
 * new event.
 *
 * @param pairing by which the other half is found, best first; empty if the transport gives none
 * @param delivery the same for each delivery of one event, different for its other half; empty if
 *     the transport does not identify events
 * @param timed whether the time of the batch is that of the event, not of its arrival here
 */
public record EventKey(List<Pairing> pairing, String delivery, boolean timed) {

  /**
   * One way to find the other half.
   *
   * @param scope what the id is unique within: transport, model, component
   * @param id never empty
   */
  public record Pairing(String scope, String id) {}

  /** Copies the list. */
  public EventKey {
    pairing = List.copyOf(pairing);
  }
}
