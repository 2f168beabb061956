package io.modeldrift.expose;

import io.javalin.http.Context;

/** Answers whoever asks whether the process lives and takes payloads. */
final class HealthEndpoint {

  private final ExposedState state;

  HealthEndpoint(ExposedState state) {
    this.state = state;
  }

  /** Answers 200 as long as the process can answer at all. */
  static void healthy(Context ctx) {
    ctx.contentType("text/plain; charset=utf-8").result("Model Drift Exporter is healthy.\n");
  }

  /** Answers 200 while payloads are taken, else 503. */
  void ready(Context ctx) {
    boolean ready = state.ready();
    ctx.status(ready ? 200 : 503)
        .contentType("text/plain; charset=utf-8")
        .result("Model Drift Exporter is " + (ready ? "ready" : "not ready") + ".\n");
  }
}
