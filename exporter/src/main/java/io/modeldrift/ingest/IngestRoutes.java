package io.modeldrift.ingest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.modeldrift.decode.Payload;
import io.modeldrift.decode.Payload.Door;
import io.modeldrift.decode.PayloadHeaders;
import io.modeldrift.ingest.BodyCollector.Body;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

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
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final Intake intake;
  private final BodyReader bodies;
  private final InstantSource time;

  public IngestRoutes(Intake intake, IngestSettings settings, InstantSource time) {
    this.intake = intake;
    this.bodies = new BodyReader(settings, System::nanoTime, intake::hasRoom);
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

  private void submitted(Context ctx, Door door) throws IOException {
    whenRead(
        ctx,
        door,
        payload -> {
          CompletableFuture<Verdict> ended = new CompletableFuture<>();
          intake.submit(payload, ended::complete);
          return ended.thenAccept(verdict -> answer(ctx, verdict));
        });
  }

  private void mirrored(Context ctx) throws IOException {
    if (isGrpc(ctx)) {
      // An empty success in the words of gRPC: a response that consists of trailers only.
      ctx.status(200).contentType("application/grpc").header("grpc-status", "0");
    } else {
      answerEmpty(ctx);
    }
    whenRead(
        ctx,
        Door.MIRROR,
        payload -> {
          intake.accept(payload);
          return DONE;
        });
  }

  private void ignored(Context ctx) {
    intake.ignore();
    answerEmpty(ctx);
  }

  /** Reads the body, at once if it is there, else as it arrives and without a thread. */
  private void whenRead(Context ctx, Door door, Function<Payload, CompletableFuture<Void>> next)
      throws IOException {
    HttpServletRequest request = ctx.req();
    ServletInputStream in = request.getInputStream();
    long announced = request.getContentLengthLong();
    if (bodies.isThere(in, announced)) {
      CompletableFuture<Void> handled = handle(ctx, door, bodies.read(in, announced), next);
      if (!handled.isDone()) {
        ctx.future(() -> handled);
      }
      return;
    }
    ctx.future(
        () ->
            bodies
                .readAsItArrives(in, announced)
                .thenCompose(body -> handle(ctx, door, body, next)));
  }

  private CompletableFuture<Void> handle(
      Context ctx, Door door, Body body, Function<Payload, CompletableFuture<Void>> next) {
    HttpServletRequest request = ctx.req();
    if (body instanceof Body.Complete complete) {
      return next.apply(
          new Payload(
              door, request.getRequestURI(), headers(request), complete.bytes(), time.instant()));
    }
    if (body instanceof Body.Lost) {
      intake.readFailed();
      UnreadBody.closesConnection(ctx);
      ctx.status(door == Door.MIRROR ? 200 : 400);
    } else {
      refuse(ctx, door, body);
    }
    return DONE;
  }

  private void refuse(Context ctx, Door door, Body body) {
    Verdict verdict;
    boolean drained;
    if (body instanceof Body.TooLarge large) {
      verdict = intake.tooLarge(large.bytes());
      drained = large.drained();
    } else {
      verdict = intake.noRoom();
      drained = ((Body.NoRoom) body).drained();
    }
    if (!drained) {
      UnreadBody.closesConnection(ctx);
    }
    if (door != Door.MIRROR) {
      answer(ctx, verdict);
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
