package io.modeldrift.app.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many requests were turned away at the door, by reason. Thread-safe. */
public final class Refusals {

  /** Why a request was turned away before anybody looked at it. */
  enum Reason {
    /** No user and no token, or wrong ones. */
    UNAUTHENTICATED,
    /** The door is closed by configuration, or the request came from another site's page. */
    FORBIDDEN,
    /** More requests than the web configuration file allows. */
    RATE_LIMITED,
    /** No HTTP, or with headers or a path that are too long. */
    MALFORMED,
    /** No TLS, or none that the configuration allows, such as one without a client certificate. */
    TLS_HANDSHAKE,
    /** An HTTP/2 connection that resets and pings more than any proxy does; it was ended. */
    HTTP2_FLOOD,
    /** As many connections as an address may hold: it accepts none until one ends. */
    CONNECTION_LIMIT,
    /** Too many passwords to check, or too many readers, at once. */
    BUSY
  }

  private final AtomicLongArray counts = new AtomicLongArray(Reason.values().length);

  void count(Reason reason) {
    counts.incrementAndGet(reason.ordinal());
  }

  /** Counts a reader who was sent away because too many others were reading. */
  public void countBusy() {
    count(Reason.BUSY);
  }

  /** Returns all counts by the value of the {@code reason} label, zeros included. */
  public Map<String, Long> snapshot() {
    Map<String, Long> snapshot = new LinkedHashMap<>();
    for (Reason reason : Reason.values()) {
      snapshot.put(reason.name().toLowerCase(Locale.ROOT), counts.get(reason.ordinal()));
    }
    return snapshot;
  }
}
