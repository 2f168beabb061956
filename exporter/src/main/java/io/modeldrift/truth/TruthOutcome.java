package io.modeldrift.truth;

/** What became of one outcome that was reported. */
public enum TruthOutcome {
  /** It was joined to a waiting prediction. */
  MATCHED("matched", ""),
  /** It brought its prediction along. */
  INLINE("inline", ""),
  /** The prediction has this outcome already. */
  DUPLICATE_SAME("duplicate", "same"),
  /** The prediction has another outcome already; the first one stays. */
  DUPLICATE_CONFLICT("duplicate", "conflict"),
  /** The prediction had expired. */
  LATE("late", ""),
  /** No prediction came within the time that an outcome waits, or there was no room to wait. */
  ORPHAN("orphan", ""),
  /** The sender says that the outcome is not known. */
  REJECTED_MISSING("rejected", "missing"),
  /** It is of another type than the prediction. */
  REJECTED_TYPE("rejected", "wrong_type"),
  /** No traffic and no configuration ever named the model. */
  REJECTED_MODEL("rejected", "unknown_model"),
  /** It came among others in a payload, and could not be read. */
  REJECTED_RECORD("rejected", "bad_record");

  private final String label;
  private final String reason;

  TruthOutcome(String label, String reason) {
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

  /** Returns one sentence for the sender, where something is wrong. */
  String detail() {
    return switch (this) {
      case REJECTED_MISSING -> "the outcome is null or empty";
      case REJECTED_TYPE -> "the outcome is of another type than the prediction";
      case REJECTED_MODEL -> "no traffic and no configuration named this model";
      case REJECTED_RECORD -> "a record cannot be read";
      case DUPLICATE_CONFLICT -> "the inference has another outcome already, which stays";
      default -> "";
    };
  }

  boolean isRejected() {
    return label.equals("rejected");
  }
}
