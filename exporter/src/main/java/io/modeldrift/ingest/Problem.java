package io.modeldrift.ingest;

import io.modeldrift.decode.RejectReason;

/**
 * The body of an API error answer, as RFC 9457 describes it.
 *
 * @param status the HTTP status
 * @param reason fixed word for programs; the last part of the problem's type
 * @param title fixed sentence for the kind of problem
 * @param detail one sentence for a person about this payload
 * @param pointer JSON pointer to the offending place; empty if the whole payload is meant
 */
record Problem(int status, String reason, String title, String detail, String pointer) {

  static final String CONTENT_TYPE = "application/problem+json";

  static Problem of(Verdict verdict) {
    return new Problem(
        status(verdict),
        verdict.reason(),
        verdict.outcome() == Outcome.DROPPED
            ? "The payload was dropped."
            : "The payload cannot be used; nothing of it was counted.",
        verdict.detail(),
        verdict.pointer());
  }

  String toJson() {
    return "{\"type\":\"urn:model-drift-exporter:problem:"
        + reason
        + "\",\"title\":"
        + quoted(title)
        + ",\"status\":"
        + status
        + ",\"detail\":"
        + quoted(detail)
        + ",\"pointer\":"
        + quoted(pointer)
        + "}\n";
  }

  private static int status(Verdict verdict) {
    if (verdict.outcome() == Outcome.DROPPED) {
      return 503;
    }
    if (verdict.reason().equals(RejectReason.TOO_LARGE.label())) {
      return 413;
    }
    if (verdict.reason().equals(RejectReason.UNSUPPORTED.label())) {
      return 415;
    }
    return verdict.reason().equals(RejectReason.INTERNAL.label()) ? 500 : 400;
  }

  static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
