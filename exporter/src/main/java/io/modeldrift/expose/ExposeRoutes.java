package io.modeldrift.expose;

import io.javalin.config.RoutesConfig;
import java.time.InstantSource;

/** The paths that Prometheus, operators and people read from. */
public final class ExposeRoutes {

  private final MetricsEndpoint metrics;
  private final PageEndpoint page;
  private final StatusEndpoint status;
  private final HealthEndpoint health;

  public ExposeRoutes(ExposedState state, InstantSource time) {
    this.metrics = new MetricsEndpoint(state);
    this.page = new PageEndpoint(state, time);
    this.status = new StatusEndpoint(state, time);
    this.health = new HealthEndpoint(state);
  }

  /** Adds the handlers; call it before the doors of mirrored traffic, which take what is left. */
  public void addTo(RoutesConfig routes) {
    routes.get("/", page::page);
    routes.get("/metrics", metrics::metrics);
    routes.get("/metrics/baseline", metrics::baseline);
    routes.get("/api/v1/status", status::all);
    routes.get("/api/v1/status/{model}", status::model);
    routes.get("/docs/metrics", DocsEndpoint::metrics);
    routes.get("/-/healthy", HealthEndpoint::healthy);
    routes.get("/-/ready", health::ready);
  }
}
