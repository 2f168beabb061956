package io.modeldrift.expose;

import io.javalin.http.Context;
import io.modeldrift.expose.page.PageChoice;
import io.modeldrift.expose.page.PageData;
import io.modeldrift.expose.page.StatusPage;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.truth.ReviewCounts;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;

/** Answers with the page at {@code /}. */
final class PageEndpoint {

  private final ExposedState state;
  private final InstantSource time;
  private final StatusPage page = new StatusPage();
  private final String contentSecurityPolicy = page.contentSecurityPolicy();

  PageEndpoint(ExposedState state, InstantSource time) {
    this.state = state;
    this.time = time;
  }

  void page(Context ctx) {
    LedgerSnapshot ledger = state.ledger();
    PageData data =
        new PageData(
            state.models(),
            state.report(),
            state.truths(),
            state.truthReport(),
            waitingReviews(),
            state.attributions(),
            state.versions(),
            state.versionReports(),
            ledger,
            state.queue(),
            state.exporter().version(),
            state.exporter().started(),
            time.instant());
    ctx.header("Content-Security-Policy", contentSecurityPolicy);
    ctx.header("Cache-Control", "no-store");
    ctx.contentType("text/html; charset=utf-8").result(page.render(data, choice(ctx)));
  }

  private OptionalInt waitingReviews() {
    Collection<ReviewCounts> models = state.reviews().values();
    return models.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(models.stream().mapToInt(ReviewCounts::waiting).sum());
  }

  private static PageChoice choice(Context ctx) {
    return PageChoice.of(
        parameter(ctx, "window"),
        parameter(ctx, "model"),
        parameter(ctx, "version"),
        parameter(ctx, "refresh"));
  }

  private static Optional<String> parameter(Context ctx, String name) {
    return Optional.ofNullable(ctx.queryParam(name)).filter(value -> !value.isBlank());
  }
}
