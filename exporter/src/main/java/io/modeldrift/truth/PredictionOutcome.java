package io.modeldrift.truth;

/** What became of one prediction with an id that waited for its outcome. */
public enum PredictionOutcome {
  /** Its outcome came. */
  MATCHED("matched", ""),
  /** No outcome came within the horizon. */
  EXPIRED_AGE("expired", "age"),
  /** It had to make room for newer ones. */
  EXPIRED_CAPACITY("expired", "capacity"),
  /** The disk that it waited on failed. */
  EXPIRED_STORE("expired", "store"),
  /** Its id had been used before; it did not wait. */
  DUPLICATE("duplicate", "");

  private final String label;
  private final String reason;

  PredictionOutcome(String label, String reason) {
    this.label = label;
    this.reason = reason;
  }

  /** Returns the value of the {@code outcome} label. */
  public String label() {
    return label;
  }

  /** Returns the value of the {@code reason} label; empty where the outcome says it all. */
  public String reason() {
    return reason;
  }

  boolean isExpired() {
    return label.equals("expired");
  }
}
