package io.modeldrift.expose;

import io.javalin.config.RoutesConfig;

/** The paths that Prometheus, operators and people read from. */
public final class ExposeRoutes {

  private final MetricsEndpoint metrics;

  public ExposeRoutes(ExposedState state) {
    this.metrics = new MetricsEndpoint(state);
  }

  /** Adds the handlers. */
  public void addTo(RoutesConfig routes) {
    routes.get("/metrics", metrics::metrics);
    routes.get("/metrics/baseline", metrics::baseline);
  }
}
