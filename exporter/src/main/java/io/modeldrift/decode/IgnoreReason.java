package io.modeldrift.decode;

import java.util.Locale;

/** Why a well-formed payload holds no inference. */
public enum IgnoreReason {
  /** The body is empty, or says zero rows. */
  EMPTY,
  /** A health check, a metadata call, or another method than those that carry inferences. */
  NOT_INFERENCE,
  /** Passed over: only a sample is observed. */
  SAMPLED,
  /** The model server answered with an error. */
  ERROR_RESPONSE;

  /** Returns the value of the {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
