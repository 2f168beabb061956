package io.modeldrift.decode;

import io.modeldrift.inference.EventKey;
import io.modeldrift.inference.EventKey.Pairing;
import io.modeldrift.inference.IdText;
import io.modeldrift.inference.ModelKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides to which model a message belongs, which inference it is, and what joins it to its other
 * half. An envelope outranks the path, the path the body, the body what a proxy put into headers.
 */
final class Identification {

  private static final List<String> ID_HEADERS =
      List.of("X-Amzn-SageMaker-Inference-Id", "Seldon-Puid", "X-Request-Id");
  private static final int TRACE_ID_START = 3;
  private static final int TRACE_ID_END = 35;

  private final DecodeSettings settings;

  Identification(DecodeSettings settings) {
    this.settings = settings;
  }

  ModelKey model(Message message, BodyIdentity body) {
    String name =
        firstGiven(
            message.envelope().model(),
            message.route().model(),
            body.model(),
            targetModel(message),
            message.headers().get("X-Model-Name"));
    String version =
        firstGiven(
            message.envelope().version(),
            message.route().version(),
            isAnswerToAnother(message) ? "" : body.version(),
            message.headers().get("X-Amzn-SageMaker-Target-Variant"),
            message.headers().get("X-Model-Version"));
    if (name.isEmpty()) {
      ModelKey fallback = settings.defaultModel();
      return version.isEmpty() ? fallback : new ModelKey(fallback.name(), version);
    }
    return new ModelKey(name, version.isEmpty() ? settings.model(name).version() : version);
  }

  /**
   * Whether the request comes as an event of its own. Its body names no version, while servers
   * write one into the response: if that counted, the two would belong to two versions whenever the
   * response arrives first.
   */
  private static boolean isAnswerToAnother(Message message) {
    return message.isResponse() && message.envelope().pairing() != null;
  }

  private static String targetModel(Message message) {
    String target = message.headers().get("X-Amzn-SageMaker-Target-Model");
    return target.endsWith(".tar.gz") ? target.substring(0, target.length() - 7) : target;
  }

  /** Returns the id that ground truth will name, bounded once for all rows, or an empty text. */
  String inferenceId(Message message, BodyIdentity body) {
    String id = firstGiven(message.envelope().inferenceId(), body.id());
    for (String header : ID_HEADERS) {
      id = firstGiven(id, message.headers().get(header));
    }
    return IdText.bounded(id);
  }

  /** Returns what the other half can be found by, or null if nothing. */
  @Nullable EventKey event(Message message, BodyIdentity body, ModelKey model) {
    List<Pairing> pairing = new ArrayList<>();
    Envelope envelope = message.envelope();
    if (envelope.pairing() != null) {
      pairing.add(envelope.pairing());
    }
    add(pairing, "body", model, body.id());
    for (String header : ID_HEADERS) {
      add(pairing, header, model, message.headers().get(header));
    }
    String trace = message.headers().get("traceparent");
    if (trace.length() >= TRACE_ID_END) {
      add(pairing, "trace", model, trace.substring(TRACE_ID_START, TRACE_ID_END));
    }
    return pairing.isEmpty() && envelope.delivery().isEmpty()
        ? null
        : new EventKey(pairing, envelope.delivery(), envelope.time() != null);
  }

  /** Unique within the name alone: a response often tells the version that its request did not. */
  private static void add(List<Pairing> pairing, String scope, ModelKey model, String id) {
    if (!id.isBlank()) {
      pairing.add(new Pairing(scope + " " + model.name(), id));
    }
  }

  /** Returns the first text that is not blank, or an empty one. */
  static String firstGiven(String... candidates) {
    for (String candidate : candidates) {
      if (!candidate.isBlank()) {
        return candidate;
      }
    }
    return "";
  }
}
