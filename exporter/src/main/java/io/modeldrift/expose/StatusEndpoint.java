package io.modeldrift.expose;

import io.javalin.http.Context;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.observe.ModelSnapshot;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Answers with the page's content as JSON, for scripts and gates. */
final class StatusEndpoint {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final ExposedState state;
  private final InstantSource time;

  StatusEndpoint(ExposedState state, InstantSource time) {
    this.state = state;
    this.time = time;
  }

  void all(Context ctx) {
    LedgerSnapshot ledger = state.ledger();
    write(ctx, ledger, state.models());
  }

  /** Answers with all versions of one model; 404 if there is none. */
  void model(Context ctx) {
    LedgerSnapshot ledger = state.ledger();
    String name = ctx.pathParam("model");
    List<ModelSnapshot> versions =
        state.models().stream().filter(model -> model.model().name().equals(name)).toList();
    if (versions.isEmpty()) {
      ctx.status(404)
          .contentType("application/problem+json")
          .result(
              JSON.writeValueAsString(
                  new Problem("about:blank", "no such model", "no traffic named this model yet")));
      return;
    }
    write(ctx, ledger, versions);
  }

  private void write(Context ctx, LedgerSnapshot ledger, List<ModelSnapshot> models) {
    ctx.header("Cache-Control", "no-store");
    ctx.contentType("application/json")
        .result(JSON.writeValueAsString(Status.of(state, ledger, models, time.instant())));
  }

  private record Problem(String type, String title, String detail) {}
}
