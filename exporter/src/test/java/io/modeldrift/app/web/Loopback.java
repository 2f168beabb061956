package io.modeldrift.app.web;

import io.modeldrift.config.ListenAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An address for tests: any free port of the loopback interface, open to everybody. */
final class Loopback {

  private Loopback() {}

  static WebServer.Settings settings(int connections) {
    return new WebServer.Settings(
        new ListenAddress("127.0.0.1", 0),
        Optional.empty(),
        List.of(),
        false,
        Duration.ofSeconds(30),
        connections);
  }
}
