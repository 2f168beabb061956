package io.modeldrift.ingest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.modeldrift.decode.Payload;
import io.modeldrift.decode.Payload.Door;
import io.modeldrift.decode.PayloadHeaders;
import io.modeldrift.ingest.BodyReader.Body;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The HTTP doors: the native API, and every other path for mirrored traffic.
 *
 * <p>Whatever production sends is answered with an empty {@code 200}, good or bad, seen or dropped:
 * any other answer makes some sender retry, log whole payloads, or wait. The API answers problems.
 */
public final class IngestRoutes {

  /** Path of the native API. */
  public static final String INFERENCES = "/api/v1/inferences";

  /** Path of the door for outcomes. */
  public static final String GROUND_TRUTH = "/api/v1/ground-truth";

  /** Path of the door for what end users say. */
  public static final String FEEDBACK = "/api/v1/feedback";

  private static final String ANY_PATH = "/<path>";

  private final Intake intake;
  private final BodyReader bodies;
  private final InstantSource time;

  public IngestRoutes(Intake intake, IngestSettings settings, InstantSource time) {
    this.intake = intake;
    this.bodies = new BodyReader(settings.bodyBytes());
    this.time = time;
  }

  /** Adds the doors; call it last, the mirror takes every path that nobody else has. */
  public void addTo(RoutesConfig routes) {
    routes.post(INFERENCES, ctx -> submitted(ctx, Door.NATIVE));
    routes.post(GROUND_TRUTH, ctx -> submitted(ctx, Door.GROUND_TRUTH));
    routes.post(FEEDBACK, ctx -> submitted(ctx, Door.FEEDBACK));
    for (String path : new String[] {"/", ANY_PATH}) {
      routes.post(path, this::mirrored);
      routes.put(path, this::mirrored);
      routes.delete(path, this::ignored);
      routes.patch(path, this::ignored);
      routes.options(path, this::ignored);
    }
    routes.get(ANY_PATH, this::ignored);
    routes.head(ANY_PATH, this::ignored);
  }

  private void submitted(Context ctx, Door door) {
    Optional<Payload> payload = read(ctx, door);
    if (payload.isEmpty()) {
      return;
    }
    CompletableFuture<Verdict> ended = new CompletableFuture<>();
    intake.submit(payload.get(), ended::complete);
    ctx.future(() -> ended.thenAccept(verdict -> answer(ctx, verdict)));
  }

  private void mirrored(Context ctx) {
    Optional<Payload> payload = read(ctx, Door.MIRROR);
    payload.ifPresent(intake::accept);
    if (isGrpc(ctx)) {
      // An empty success in the words of gRPC: a response that consists of trailers only.
      ctx.status(200).contentType("application/grpc").header("grpc-status", "0");
    } else {
      answerEmpty(ctx);
    }
  }

  private void ignored(Context ctx) {
    intake.ignore();
    answerEmpty(ctx);
  }

  private Optional<Payload> read(Context ctx, Door door) {
    HttpServletRequest request = ctx.req();
    try {
      Body body = bodies.read(request.getInputStream(), request.getContentLengthLong());
      if (body instanceof Body.Complete complete) {
        return Optional.of(
            new Payload(
                door, request.getRequestURI(), headers(request), complete.bytes(), time.instant()));
      }
      refuse(ctx, door, (Body.TooLarge) body);
    } catch (IOException e) {
      intake.readFailed();
      closeAfterwards(ctx);
      ctx.status(door == Door.MIRROR ? 200 : 400);
    }
    return Optional.empty();
  }

  private void refuse(Context ctx, Door door, Body.TooLarge body) {
    Verdict verdict = intake.tooLarge(body.bytes());
    if (!body.drained()) {
      closeAfterwards(ctx);
    }
    if (door != Door.MIRROR) {
      answer(ctx, verdict);
    }
  }

  /** The rest of the body stays unread; HTTP/2 ends the stream by itself and keeps the others. */
  private static void closeAfterwards(Context ctx) {
    if (ctx.req().getProtocol().startsWith("HTTP/1")) {
      ctx.res().setHeader("Connection", "close");
    }
  }

  private static void answer(Context ctx, Verdict verdict) {
    if (verdict.outcome() == Outcome.OBSERVED || verdict.outcome() == Outcome.IGNORED) {
      ctx.contentType("application/json").result(ReceiptJson.of(verdict));
      return;
    }
    Problem problem = Problem.of(verdict);
    if (verdict.outcome() == Outcome.DROPPED) {
      ctx.header("Retry-After", "1");
    }
    ctx.status(problem.status()).contentType(Problem.CONTENT_TYPE).result(problem.toJson());
  }

  private static boolean isGrpc(Context ctx) {
    String contentType = ctx.contentType();
    return contentType != null && contentType.startsWith("application/grpc");
  }

  private static void answerEmpty(Context ctx) {
    ctx.res().setContentLength(0);
    ctx.status(200);
  }

  private static PayloadHeaders headers(HttpServletRequest request) {
    Map<String, String> needed = new HashMap<>();
    Enumeration<String> names = request.getHeaderNames();
    while (names.hasMoreElements()) {
      String name = names.nextElement();
      if (PayloadHeaders.isNeeded(name)) {
        needed.put(name, request.getHeader(name));
      }
    }
    return PayloadHeaders.of(needed);
  }
}
