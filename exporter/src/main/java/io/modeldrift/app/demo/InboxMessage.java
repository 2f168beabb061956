package io.modeldrift.app.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person would have been told.
 *
 * @param at when it arrived
 * @param channel who was told: a Slack channel such as {@code #model-alerts}, {@code PagerDuty}, or
 *     {@code retraining pipeline}
 * @param kind {@code critical}, {@code warning} or {@code resolved}
 * @param title one line
 * @param text what follows, in Slack's markup or plain, may be empty
 * @param links buttons below the text
 */
record InboxMessage(
    Instant at, String channel, Kind kind, String title, String text, List<Link> links) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** How much a message wants of a person. */
  enum Kind {
    CRITICAL,
    WARNING,
    RESOLVED
  }

  /** A button. */
  record Link(String label, String address) {}

  /**
   * Reads what Alertmanager sends to Slack, PagerDuty (events, version 2) or a webhook.
   *
   * @return nothing if it is none of these
   */
  static Optional<InboxMessage> read(byte[] body, Instant at) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JacksonException e) {
      return Optional.empty();
    }
    if (json.path("attachments").path(0).isObject()) {
      return Optional.of(slack(json, at));
    }
    if (json.has("event_action")) {
      return Optional.of(pagerDuty(json, at));
    }
    return json.path("alerts").path(0).isObject()
        ? Optional.of(webhook(json, at))
        : Optional.empty();
  }

  private static InboxMessage slack(JsonNode json, Instant at) {
    JsonNode attachment = json.path("attachments").path(0);
    Kind kind =
        switch (text(attachment, "color")) {
          case "good" -> Kind.RESOLVED;
          case "danger" -> Kind.CRITICAL;
          default -> Kind.WARNING;
        };
    return new InboxMessage(
        at,
        text(json, "channel"),
        kind,
        text(attachment, "title"),
        text(attachment, "text"),
        links(attachment.path("actions"), "text", "url"));
  }

  private static InboxMessage pagerDuty(JsonNode json, Instant at) {
    JsonNode payload = json.path("payload");
    boolean resolved = text(json, "event_action").equals("resolve");
    boolean critical = text(payload, "severity").equals("critical");
    return new InboxMessage(
        at,
        "PagerDuty",
        resolved ? Kind.RESOLVED : critical ? Kind.CRITICAL : Kind.WARNING,
        text(payload, "summary"),
        text(payload.path("custom_details"), "alerts"),
        links(json.path("links"), "text", "href"));
  }

  private static InboxMessage webhook(JsonNode json, Instant at) {
    JsonNode annotations = json.path("alerts").path(0).path("annotations");
    return new InboxMessage(
        at,
        "retraining pipeline",
        text(json, "status").equals("resolved") ? Kind.RESOLVED : Kind.WARNING,
        text(annotations, "summary"),
        text(annotations, "description"),
        List.of());
  }

  private static List<Link> links(JsonNode nodes, String label, String address) {
    List<Link> links = new ArrayList<>();
    for (JsonNode node : nodes) {
      links.add(new Link(text(node, label), text(node, address)));
    }
    return links;
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asString("");
  }
}
