package io.modeldrift.decode;

import io.modeldrift.decode.Payload.Door;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Undoes the transfer, finds the format, decodes, and turns every failure into a verdict. */
final class StandardDecoder implements PayloadDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(StandardDecoder.class);
  private static final int MAX_ROUTES = 1024;

  private final Bench bench;
  private final Decompression decompression;
  private final NativeFormat nativeFormat;
  private final GroundTruthFormat groundTruth;
  private final FeedbackFormat feedback;
  private final Detector detector;
  private final Map<String, Route> routes = new LinkedHashMap<>();

  StandardDecoder(DecodeSettings settings) {
    this.bench = new Bench(settings);
    this.decompression = new Decompression(settings.maxBytes());
    this.nativeFormat = new NativeFormat(bench);
    this.groundTruth = new GroundTruthFormat(bench);
    this.feedback = new FeedbackFormat(settings.maxRows());
    this.detector = new Detector(bench);
  }

  @Override
  public Decoded decode(Payload payload) {
    Protocol protocol = protocol(payload.door());
    try {
      Message message = message(payload);
      Decoded decoded = attempt(message, payload.door());
      Slice retry = retryBody(decoded, message.body());
      return retry == null ? decoded : attempt(message.withBody(retry), payload.door());
    } catch (Rejection e) {
      return e.asDecoded(protocol);
    } catch (RuntimeException e) {
      // Class and place alone: the message of an exception may quote what it could not handle.
      LOG.error("decoding failed with {} at {}", e.getClass().getName(), place(e));
      return new Decoded.Rejected(protocol, RejectReason.INTERNAL, "decoding failed", "");
    }
  }

  private static Object place(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0 ? "an unknown place" : trace[0];
  }

  private Decoded attempt(Message message, Door door) {
    bench.clear();
    try {
      return switch (door) {
        case NATIVE -> nativeFormat.decode(message);
        case GROUND_TRUTH -> groundTruth.decode(message);
        case FEEDBACK -> feedback.decode(message);
        case MIRROR -> detector.decode(message);
      };
    } catch (Rejection e) {
      return e.asDecoded(door == Door.MIRROR ? message.route().kind().protocol() : protocol(door));
    }
  }

  /** What a payload counts as that nobody recognised. */
  private static Protocol protocol(Door door) {
    return switch (door) {
      case NATIVE -> Protocol.NATIVE;
      case GROUND_TRUTH -> Protocol.GROUND_TRUTH;
      case FEEDBACK -> Protocol.FEEDBACK;
      case MIRROR -> Protocol.UNKNOWN;
    };
  }

  /** Tokens that the parser does not know are rewritten only once it has given up. */
  private static @Nullable Slice retryBody(Decoded decoded, Slice body) {
    boolean badJson =
        decoded instanceof Decoded.Rejected rejected && rejected.reason() == RejectReason.BAD_JSON;
    return badJson ? InfinityTokens.expanded(body) : null;
  }

  private Message message(Payload payload) {
    Slice body =
        decompression.undo(Slice.of(payload.body()), payload.headers().get("Content-Encoding"));
    return new Message(
        body, payload.headers(), route(payload.path()), Envelope.NONE, payload.arrival());
  }

  /** Paths repeat, and looking one up is cheaper than matching it. */
  private Route route(String path) {
    Route known = routes.get(path);
    if (known != null) {
      return known;
    }
    if (routes.size() >= MAX_ROUTES) {
      routes.clear();
    }
    Route route = Route.of(path);
    routes.put(path, route);
    return route;
  }
}
