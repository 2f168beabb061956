package io.modeldrift.decode;

import java.util.Locale;

/** Why a payload could not be used. */
public enum RejectReason {
  /** Not JSON. */
  BAD_JSON,
  /** JSON, but not of the shape its format prescribes. */
  BAD_SHAPE,
  /** Rows, or the levels of nested data, that differ in length where they must not. */
  RAGGED,
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
  /** A length that does not fit the bytes, or bytes that no length accounts for. */
  BAD_LENGTH,
  /** Bytes follow the JSON and nothing says what they are. */
  NO_HEADER_LENGTH,
  /** Text that is not base64 where it has to be. */
  BAD_BASE64,
  /** Not a protocol-buffers message. */
  BAD_PROTOBUF,
  /** Comma-separated values that break the rules of quoting. */
  BAD_CSV,
  /** Compressed data that cannot be decompressed. */
  BAD_COMPRESSION,
  /** Known, but not decodable here, or not recognised at all. */
  UNSUPPORTED,
  /** Ground truth that fits no prediction: missing, of another type, for an unknown model. */
  BAD_TRUTH,
  /** The exporter failed: a bug, counted so that it is seen. */
  INTERNAL;

  /** Returns the value of the {@code reason} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
