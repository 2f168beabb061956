package io.modeldrift.inference;

/** Which halves of an inference a batch holds. */
public enum BatchKind {
  /** Input columns only. */
  REQUEST,
  /** Output columns only. */
  RESPONSE,
  /** Input and output columns of the same rows. */
  PAIR,
  /** Attributions only: what an explainer answered about rows that came another time. */
  EXPLANATION
}
