package io.modeldrift.expose;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.modeldrift.truth.ReviewDesk;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** The paths that Prometheus, operators and people read from. */
public final class ExposeRoutes {

  private final ReaderLimit readers;
  private final MetricsEndpoint metrics;
  private final PageEndpoint page;
  private final StatusEndpoint status;
  private final HealthEndpoint health;
  private final ReloadEndpoint reload;
  private final ReviewEndpoint reviews;

  /**
   * Makes the handlers.
   *
   * @param reviews rows that people are asked to look at
   * @param reload reads the configuration again; returns what is wrong with it, if anything
   * @param whenBusy told of every reader who is sent away because too many others are reading
   */
  public ExposeRoutes(
      ExposedState state,
      ReviewDesk reviews,
      InstantSource time,
      Supplier<Optional<String>> reload,
      Runnable whenBusy) {
    this.readers = new ReaderLimit(whenBusy);
    this.reviews = new ReviewEndpoint(reviews, time);
    this.metrics = new MetricsEndpoint(state);
    this.page = new PageEndpoint(state, time);
    this.status = new StatusEndpoint(state, time);
    this.health = new HealthEndpoint(state);
    this.reload = new ReloadEndpoint(reload);
  }

  /** Adds the handlers; call it before the doors of mirrored traffic, which take what is left. */
  public void addTo(RoutesConfig routes) {
    add(routes, "/", page::page);
    add(routes, "/metrics", metrics::metrics);
    add(routes, "/metrics/baseline", metrics::baseline);
    add(routes, "/api/v1/status", status::all);
    add(routes, "/api/v1/status/{model}", status::model);
    add(routes, "/reviews", reviews::page);
    routes.post("/reviews/{number}", readers.limited(reviews::decideOnPage));
    add(routes, "/api/v1/reviews", reviews::waiting);
    add(routes, "/api/v1/reviews/decided", reviews::decided);
    routes.post("/api/v1/reviews/{number}", readers.limited(reviews::decide));
    add(routes, "/docs/metrics", DocsEndpoint::metrics);
    addUnlimited(routes, "/-/healthy", HealthEndpoint::healthy);
    addUnlimited(routes, "/-/ready", health::ready);
    routes.post("/-/reload", reload::reload);
    routes.put("/-/reload", reload::reload);
  }

  /** Gets ready for the next scrape; call it after every evaluation. */
  public void evaluated() {
    metrics.prepare();
  }

  private void add(RoutesConfig routes, String path, Handler handler) {
    addUnlimited(routes, path, readers.limited(handler));
  }

  /** Load balancers ask with HEAD; the doors would take that for a payload and count it. */
  private static void addUnlimited(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }
}
