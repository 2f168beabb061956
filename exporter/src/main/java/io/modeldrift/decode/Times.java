package io.modeldrift.decode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads the times of events. */
final class Times {

  private static final double MAX_SECONDS = 253_402_300_799.0; // the end of the year 9999

  private Times() {}

  /**
   * Returns the time that a JSON string (ISO 8601) or number (seconds since 1970) gives, or null.
   */
  static @Nullable Instant parse(Slice value) {
    if (Json.isString(value)) {
      return parse(Json.text(value));
    }
    if (!Json.isScalar(value)) {
      return null;
    }
    try {
      double seconds = Json.number(value, "");
      return seconds >= 0 && seconds <= MAX_SECONDS
          ? Instant.ofEpochSecond(0, Math.round(seconds * 1e6) * 1000)
          : null;
    } catch (Rejection e) {
      return null;
    }
  }

  /** Returns the time that an ISO 8601 text with offset gives, or null. */
  static @Nullable Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
