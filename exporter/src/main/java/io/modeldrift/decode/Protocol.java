package io.modeldrift.decode;

import java.util.Locale;

/** The format that a payload was taken for: the value of the {@code protocol} label. */
public enum Protocol {
  /** The exporter's own JSON at {@code /api/v1/inferences}. */
  NATIVE,
  /** KServe V1 and TensorFlow Serving REST. */
  V1,
  /** Features or predictions without any envelope. */
  BARE,
  /** Nothing recognised it. */
  UNKNOWN;

  /** Returns the value of the {@code protocol} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
