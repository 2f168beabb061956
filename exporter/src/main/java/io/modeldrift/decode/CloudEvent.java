package io.modeldrift.decode;

import io.modeldrift.inference.EventKey.Pairing;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one CloudEvent, wherever they were: header fields or JSON members.
 *
 * <p>What the loggers of KServe and Seldon say with them: which service, which half, which
 * inference.
 */
final class CloudEvent {

  private static final String PREFIX = "ce-";

  private final SortedMap<String, String> attributes;

  private CloudEvent(SortedMap<String, String> attributes) {
    this.attributes = attributes;
  }

  /** Returns whether the headers are those of an event in binary mode. */
  static boolean isIn(PayloadHeaders headers) {
    return headers.has("ce-specversion")
        && headers.has("ce-type")
        && headers.has("ce-id")
        && headers.has("ce-source");
  }

  /** Returns the event whose attributes are header fields. */
  static CloudEvent of(PayloadHeaders headers) {
    SortedMap<String, String> attributes = new TreeMap<>();
    headers
        .asMap()
        .forEach(
            (name, value) -> {
              String lowerCase = name.toLowerCase(Locale.ROOT);
              if (lowerCase.startsWith(PREFIX)) {
                attributes.put(
                    lowerCase.substring(PREFIX.length()), CloudEventHeader.decoded(value.trim()));
              }
            });
    return new CloudEvent(attributes);
  }

  /** Returns the event whose attributes are members of a JSON object; its data is left alone. */
  static CloudEvent of(JsonOutline json) {
    SortedMap<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < json.size(); i++) {
      Slice value = json.value(i);
      if (!json.isKey(i, "data") && !json.isKey(i, "data_base64") && !Json.isNull(value)) {
        attributes.put(
            json.key(i).toLowerCase(Locale.ROOT),
            Json.isScalar(value) ? Json.text(value) : value.text());
      }
    }
    return new CloudEvent(attributes);
  }

  String get(String attribute) {
    return attributes.getOrDefault(attribute, "");
  }

  boolean isFeedback() {
    return isFeedback(get("type"));
  }

  static boolean isFeedback(String type) {
    return type.endsWith(".feedback");
  }

  /**
   * Returns what the event says about its payload, over what outer layers said.
   *
   * @param path that it came to: a mirror that keeps the path tells by it which model was asked,
   *     and two versions that were asked under one id are not one inference
   */
  Envelope envelope(Envelope outer, Route path) {
    String pathVersion = path.version();
    Envelope inner =
        Envelope.of(
            Identification.firstGiven(model(path.model()), outer.model()), outer.version(), half());
    return inner
        .withTime(Times.parse(get("time")))
        .withEvent(
            pairing(pathVersion),
            String.join("\n", get("source"), get("type"), get("id"), pathVersion),
            Identification.firstGiven(get("requestid"), get("id")));
  }

  /**
   * A transformer or an explainer in front of a predictor sees other columns than the model does,
   * so it is a model of its own. A service is not asked for where the path names the model:
   * MLServer stamps its answers with one that is called {@code mlserver}, whatever the model.
   */
  private String model(String pathModel) {
    String service = get("inferenceservicename");
    String component = get("component");
    boolean predictor = component.isEmpty() || component.equals("predictor");
    if (predictor) {
      return pathModel.isEmpty() ? service : "";
    }
    return service.isEmpty() ? "" : service + "/" + component;
  }

  Half half() {
    String type = get("type");
    if (type.endsWith(".request")) {
      return Half.REQUEST;
    }
    return type.endsWith(".response") ? Half.RESPONSE : Half.UNKNOWN;
  }

  private @Nullable Pairing pairing(String pathVersion) {
    String request = get("requestid");
    if (!request.isEmpty()) {
      return new Pairing(scope("requestid", get("modelid"), pathVersion), request);
    }
    String id = get("id");
    return id.isEmpty() ? null : new Pairing(scope("ce", get("component"), pathVersion), id);
  }

  private String scope(String kind, String part, String pathVersion) {
    String scope = String.join(" ", kind, get("inferenceservicename"), get("namespace"), part);
    return pathVersion.isEmpty() ? scope : scope + " " + pathVersion;
  }
}
