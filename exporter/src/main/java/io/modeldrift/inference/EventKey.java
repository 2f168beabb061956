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
   * @param scope what the id is unique within: first the kind of id, one word, then model or
   *     component; bounded like an id
   * @param id never empty; bounded by {@link IdText}
   */
  public record Pairing(String scope, String id) {

    /** Bounds both texts. */
    public Pairing {
      if (scope.length() > IdText.MAX_CHARS) {
        int within = scope.indexOf(' ') + 1;
        scope = scope.substring(0, within) + IdText.bounded(scope.substring(within));
      }
      id = IdText.bounded(id);
    }

    /** Whether both are ids of one kind, but not the same: then the inferences are two. */
    public boolean contradicts(Pairing other) {
      return kind().equals(other.kind()) && !equals(other);
    }

    private String kind() {
      int end = scope.indexOf(' ');
      return end < 0 ? scope : scope.substring(0, end);
    }
  }

  /** Copies the list. */
  public EventKey {
    pairing = List.copyOf(pairing);
  }
}
