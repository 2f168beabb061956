package io.modeldrift.expose;

import io.javalin.http.Context;
import io.modeldrift.expose.page.ReviewPage;
import io.modeldrift.inference.Value;
import io.modeldrift.ingest.UnreadBody;
import io.modeldrift.truth.Review;
import io.modeldrift.truth.ReviewDesk;
import io.modeldrift.truth.ReviewOutcome;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows that people are asked to look at: as JSON, as a page, and their answers. */
final class ReviewEndpoint {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_REVIEWS = 1_000;
  private static final int ON_PAGE = 20;
  private static final String DEFAULT_LIMIT = "100";
  private static final int MOST_CHARS = 1_000;
  private static final int MOST_BODY_BYTES = 16_384;
  private static final Map<String, ReviewOutcome> DECISIONS =
      Map.of(
          "confirm", ReviewOutcome.CONFIRMED,
          "override", ReviewOutcome.OVERRIDDEN,
          "skip", ReviewOutcome.SKIPPED);

  private final ReviewDesk desk;
  private final ReviewPage page;

  ReviewEndpoint(ReviewDesk desk, InstantSource time) {
    this.desk = desk;
    this.page = new ReviewPage(time);
  }

  /** Answers with rows that wait, of one model if {@code ?model=} says so. */
  void waiting(Context ctx) {
    OptionalInt limit = limit(ctx);
    if (limit.isEmpty()) {
      problem(ctx, 400, "no limit", "limit is no whole number of at least 1");
      return;
    }
    List<Map<String, Object>> reviews =
        desk.waiting(parameter(ctx, "model"), limit.getAsInt()).stream().map(this::json).toList();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("waiting", desk.size());
    answer.put("reviews", reviews);
    write(ctx, 200, answer);
  }

  /** Answers with the decisions that are kept, one a line, for training. */
  void decided(Context ctx) {
    StringBuilder lines = new StringBuilder();
    for (Review.Decided decided : desk.decided()) {
      Map<String, Object> line = json(decided.review());
      line.put("outcome", decided.outcome().label());
      if (decided.value() != null) {
        line.put("value", plain(decided.value()));
      }
      line.put("reviewer", decided.reviewer());
      line.put("decided", decided.decided().toString());
      lines.append(JSON.writeValueAsString(line)).append('\n');
    }
    ctx.header("Cache-Control", "no-store");
    ctx.contentType("application/x-ndjson").result(lines.toString());
  }

  /** Takes a decision as JSON. */
  void decide(Context ctx) {
    if (!isBounded(ctx)) {
      return;
    }
    Decision decision;
    try {
      decision = Decision.of(JSON.readTree(ctx.bodyAsBytes()));
    } catch (JacksonException e) {
      problem(ctx, 400, "not JSON", "the decision is not a JSON object");
      return;
    }
    answer(ctx, decision);
  }

  /** Answers with the page. */
  void page(Context ctx) {
    Optional<String> model = parameter(ctx, "model");
    Map<Review, ReviewPage.Choice> choices = new LinkedHashMap<>();
    for (Review review : desk.waiting(model, ON_PAGE)) {
      choices.put(review, new ReviewPage.Choice(desk.answer(review), desk.classes(review.model())));
    }
    ctx.header("Content-Security-Policy", page.contentSecurityPolicy());
    ctx.header("Cache-Control", "no-store");
    ctx.contentType("text/html; charset=utf-8").result(page.render(choices, desk.size(), model));
  }

  /** Takes a decision from the page's form and shows the next row. */
  void decideOnPage(Context ctx) {
    if (!isBounded(ctx)) {
      return;
    }
    String value = Optional.ofNullable(ctx.formParam("value")).orElse("");
    String reviewer = Optional.ofNullable(ctx.formParam("reviewer")).orElse("");
    Decision decision =
        new Decision(
            Optional.ofNullable(ctx.formParam("decision")).orElse(""),
            value.isBlank() ? null : new Value.Named(value.strip()),
            reviewer.strip());
    if (outcome(decision) == null || decision.isTooLong()) {
      problem(ctx, 400, "no decision", "decision is none of confirm, override and skip");
      return;
    }
    ReviewDesk.Answer answer = decide(number(ctx), decision);
    if (answer == ReviewDesk.Answer.UNFIT) {
      problem(ctx, 422, "unfit value", UNFIT);
      return;
    }
    ctx.status(303).header("Location", "../reviews");
  }

  private static final String UNFIT =
      "an override needs a value of the type that the model predicts";

  /** Whether the body is as small as a decision can be; answers if it is not. */
  private static boolean isBounded(Context ctx) {
    long length = ctx.req().getContentLengthLong();
    if (length >= 0 && length <= MOST_BODY_BYTES) {
      return true;
    }
    UnreadBody.closesConnection(ctx);
    if (length < 0) {
      problem(ctx, 411, "length required", "say in Content-Length how long the decision is");
    } else {
      problem(ctx, 413, "too large", "a decision is at most " + MOST_BODY_BYTES + " bytes");
    }
    return false;
  }

  private void answer(Context ctx, Decision decision) {
    ReviewOutcome outcome = outcome(decision);
    if (outcome == null || decision.isTooLong()) {
      problem(ctx, 400, "no decision", "decision is none of confirm, override and skip");
      return;
    }
    switch (decide(number(ctx), decision)) {
      case TAKEN -> write(ctx, 200, Map.of("outcome", outcome.label()));
      case GONE -> problem(ctx, 404, "no such review", "it was decided, expired, or never existed");
      case UNFIT -> problem(ctx, 422, "unfit value", UNFIT);
    }
  }

  private ReviewDesk.Answer decide(long number, Decision decision) {
    ReviewOutcome outcome = outcome(decision);
    return outcome == null
        ? ReviewDesk.Answer.GONE
        : desk.decide(number, outcome, decision.value(), decision.reviewer());
  }

  private static @Nullable ReviewOutcome outcome(Decision decision) {
    return DECISIONS.get(decision.decision());
  }

  private static long number(Context ctx) {
    try {
      return Long.parseLong(ctx.pathParam("number"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private record Decision(String decision, @Nullable Value value, String reviewer) {

    static Decision of(JsonNode json) {
      return new Decision(
          json.path("decision").asString(""),
          value(json.path("value")),
          json.path("reviewer").asString(""));
    }

    private static @Nullable Value value(JsonNode json) {
      if (json.isNumber() && Double.isFinite(json.asDouble())) {
        return new Value.Numeric(json.asDouble());
      }
      if (json.isBoolean()) {
        return new Value.Flag(json.asBoolean());
      }
      return json.isString() && !json.asString().isEmpty()
          ? new Value.Named(json.asString())
          : null;
    }

    boolean isTooLong() {
      boolean longValue = value instanceof Value.Named named && named.name().length() > MOST_CHARS;
      return longValue || reviewer.length() > MOST_CHARS;
    }
  }

  private Map<String, Object> json(Review review) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", review.number());
    json.put("model", review.model().name());
    json.put("version", review.model().version());
    json.put("inference_id", review.inferenceId());
    json.put("row", review.row());
    json.put("time", review.time().toString());
    json.put("cause", review.cause().label());
    json.put("prediction", desk.answer(review));
    if (!Double.isNaN(review.score())) {
      json.put("score", review.score());
    }
    json.put("columns", review.columns());
    return json;
  }

  private static Object plain(Value value) {
    if (value instanceof Value.Numeric numeric) {
      return numeric.number();
    }
    return value instanceof Value.Named named ? named.name() : ((Value.Flag) value).yes();
  }

  private static OptionalInt limit(Context ctx) {
    try {
      int asked = Integer.parseInt(parameter(ctx, "limit").orElse(DEFAULT_LIMIT));
      return asked < 1 ? OptionalInt.empty() : OptionalInt.of(Math.min(MOST_REVIEWS, asked));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private static Optional<String> parameter(Context ctx, String name) {
    return Optional.ofNullable(ctx.queryParam(name)).filter(value -> !value.isBlank());
  }

  private static void write(Context ctx, int status, Object body) {
    ctx.header("Cache-Control", "no-store");
    ctx.status(status).contentType("application/json").result(JSON.writeValueAsString(body) + "\n");
  }

  private static void problem(Context ctx, int status, String title, String detail) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", detail);
    ctx.status(status)
        .contentType("application/problem+json")
        .result(JSON.writeValueAsString(problem) + "\n");
  }
}
