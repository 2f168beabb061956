package io.modeldrift.decode;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Header fields of one payload; names are matched without regard to case.
 *
 * <p>Only what decoding and pairing need is kept: mirrors copy credentials too.
 */
public final class PayloadHeaders {

  private static final Set<String> NEEDED =
      Set.of(
          "content-type",
          "content-encoding",
          "inference-header-content-length",
          "grpc-encoding",
          "seldon-puid",
          "x-request-id",
          "traceparent",
          "x-model-name",
          "x-model-version",
          "x-amzn-sagemaker-inference-id",
          "x-amzn-sagemaker-target-model",
          "x-amzn-sagemaker-target-variant");

  private static final PayloadHeaders NONE = new PayloadHeaders(new TreeMap<>());

  private final SortedMap<String, String> fields;

  private PayloadHeaders(SortedMap<String, String> fields) {
    this.fields = fields;
  }

  /** Returns headers without any field. */
  public static PayloadHeaders none() {
    return NONE;
  }

  /** Returns whether decoding or pairing may want this field; all others are left behind. */
  public static boolean isNeeded(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return NEEDED.contains(lowerCase) || lowerCase.startsWith("ce-");
  }

  /** Returns the fields of a map; names may have any case. */
  public static PayloadHeaders of(Map<String, String> fields) {
    SortedMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(fields);
    return new PayloadHeaders(copy);
  }

  /** Returns the value of a field, trimmed; empty if it is not there. */
  public String get(String name) {
    return fields.getOrDefault(name, "").trim();
  }

  /** Returns whether the field is there. */
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** Returns the content type in lower case, with its parameters; empty if there is none. */
  public String contentType() {
    return get("Content-Type").toLowerCase(Locale.ROOT);
  }

  /** Returns all fields, names in any case. */
  public Map<String, String> asMap() {
    return Map.copyOf(fields);
  }
}
