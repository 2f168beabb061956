package io.modeldrift.expose;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the configuration again for whoever asks with POST or PUT. */
final class ReloadEndpoint {

  private final Supplier<Optional<String>> reload;

  /**
   * Takes what reads the configuration again.
   *
   * @param reload returns what is wrong; empty if the new configuration has taken effect
   */
  ReloadEndpoint(Supplier<Optional<String>> reload) {
    this.reload = reload;
  }

  /** Answers 200 once a new configuration is in force, 500 if the old one had to be kept. */
  void reload(Context ctx) {
    Optional<String> complaint = reload.get();
    ctx.status(complaint.isPresent() ? 500 : 200)
        .contentType("text/plain; charset=utf-8")
        .result(complaint.map(text -> text + "\n").orElse("Configuration reloaded.\n"));
  }
}
