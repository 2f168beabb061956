package io.modeldrift.decode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the path of a request says: which door of which server, which model, which version.
 *
 * @param kind which server's path it is
 * @param model empty if the path does not name it
 * @param version empty if the path does not name it
 */
record Route(Kind kind, String model, String version) {

  enum Kind {
    V1,
    V1_EXPLAIN,
    V2,
    GENERATE,
    GRPC,
    GRPC_STREAM,
    INVOCATIONS,
    SELDON,
    SELDON_FEEDBACK,
    NAMED_PREDICTION,
    OPENAI,
    /** A path that carries no inferences: health, metadata, metrics. */
    NOT_INFERENCE,
    /** A path that says nothing. */
    NONE;

    /** Returns the protocol of bodies so broken that they do not tell it themselves. */
    Protocol protocol() {
      return switch (this) {
        case V1, V1_EXPLAIN -> Protocol.V1;
        case V2 -> Protocol.V2;
        case GENERATE -> Protocol.GENERATE;
        case GRPC, GRPC_STREAM -> Protocol.V2_GRPC;
        case SELDON, SELDON_FEEDBACK -> Protocol.SELDON;
        case OPENAI -> Protocol.OPENAI;
        case INVOCATIONS, NAMED_PREDICTION, NOT_INFERENCE, NONE -> Protocol.UNKNOWN;
      };
    }
  }

  /** The path says nothing. */
  static final Route NONE = new Route(Kind.NONE, "", "");

  private record Rule(Pattern path, Kind kind) {}

  private static final String VERSION_V1 =
      "(?:/versions/(?<version>[0-9]+)|/labels/(?<label>[^/]+))?";
  private static final String VERSION_V2 = "(?:/versions/(?<version>[^/]+))?";
  private static final String MODEL = "(?<model>[^/]+?)";

  /** Gateways put prefixes in front, so every rule is about the end of the path. */
  private static final List<Rule> RULES =
      List.of(
          rule("/v1/models/" + MODEL + VERSION_V1 + "/?:(?:predict|classify|regress)", Kind.V1),
          rule("/v1/models/" + MODEL + VERSION_V1 + "/?:explain", Kind.V1_EXPLAIN),
          rule("/v1/models/?:(?:predict|classify|regress)", Kind.V1),
          rule("/v2/models/infer", Kind.V2),
          rule("/v2/pipelines/" + MODEL + "/infer", Kind.V2),
          rule("/v2/models/" + MODEL + VERSION_V2 + "/infer", Kind.V2),
          rule("/v2/models/" + MODEL + VERSION_V2 + "/generate(?:_stream)?", Kind.GENERATE),
          rule("/inference\\.GRPCInferenceService/ModelInfer", Kind.GRPC),
          rule("/inference\\.GRPCInferenceService/ModelStreamInfer", Kind.GRPC_STREAM),
          rule("/endpoints/" + MODEL + "/invocations", Kind.INVOCATIONS),
          rule("/invocations", Kind.INVOCATIONS),
          rule("/seldon/[^/]+/" + MODEL + "/api/v(?:0\\.1|1\\.0)/predictions", Kind.SELDON),
          rule("/api/v(?:0\\.1|1\\.0)/predictions", Kind.SELDON),
          rule("/api/v(?:0\\.1|1\\.0)/feedback", Kind.SELDON_FEEDBACK),
          rule("/v1/projects/[^/]+/locations/[^/]+/endpoints/" + MODEL + ":predict", Kind.V1),
          rule("(?:/openai)?/v1/(?:chat/completions|completions|embeddings)", Kind.OPENAI),
          rule("/(?:predictions|explanations)/" + MODEL, Kind.NAMED_PREDICTION),
          rule("/predictions/" + MODEL + "/(?<version>[^/]+)", Kind.NAMED_PREDICTION),
          rule("/wfpredict/" + MODEL, Kind.NAMED_PREDICTION),
          rule("/v2/health/[^/]+|/v2/?|/ping|/health|/metrics|/metadata", Kind.NOT_INFERENCE),
          rule("/v2/models/[^/]+(?:/versions/[^/]+)?(?:/ready)?", Kind.NOT_INFERENCE),
          rule("/v1/models(?:/[^/:]+)?", Kind.NOT_INFERENCE));

  private static Rule rule(String suffix, Kind kind) {
    return new Rule(Pattern.compile("(?:" + suffix + ")$", Pattern.CASE_INSENSITIVE), kind);
  }

  /** Returns what a path says, which may still be percent-encoded and have a query. */
  static Route of(String path) {
    int query = path.indexOf('?');
    String plain = query < 0 ? path : path.substring(0, query);
    if (plain.length() < 2) {
      return NONE;
    }
    for (Rule rule : RULES) {
      Matcher matcher = rule.path().matcher(plain);
      if (matcher.find()) {
        return new Route(rule.kind(), group(matcher, "model"), version(matcher));
      }
    }
    return NONE;
  }

  private static String version(Matcher matcher) {
    String label = group(matcher, "label");
    return label.isEmpty() ? group(matcher, "version") : "label:" + label;
  }

  private static String group(Matcher matcher, String name) {
    if (!matcher.pattern().pattern().contains("(?<" + name + ">")) {
      return "";
    }
    String encoded = matcher.group(name);
    return encoded == null ? "" : decoded(encoded);
  }

  private static String decoded(String encoded) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }
}
