package io.modeldrift.decode;

import java.util.Locale;

/** Why a payload could not be used. */
public enum RejectReason {
  /** Not JSON. */
  BAD_JSON,
  /** JSON, but not of the shape its format prescribes. */
  BAD_SHAPE,
  /** Ended early. */
  TRUNCATED,
  /** Larger than the cap, before or after decompression. */
  TOO_LARGE,
  /** Nested deeper than the cap. */
  DEPTH,
  /** Two parts that exclude each other. */
  AMBIGUOUS,
  /** Lacks a part that it cannot be understood without. */
  MISSING_FIELD,
  /** Bytes that are not UTF-8. */
  BAD_UTF8,
  /** Compressed data that cannot be decompressed. */
  BAD_COMPRESSION,
  /** Known, but not decodable here, or not recognised at all. */
  UNSUPPORTED,
  /** The exporter failed: a bug, counted so that it is seen. */
  INTERNAL;

  /** Returns the value of the {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
