package io.modeldrift.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.app.RawConnection;
import io.modeldrift.config.ListenAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebServerTest {

  private static final String REQUEST = "GET / HTTP/1.1\nHost: x\n\n";

  private static WebServer server(int connections) {
    return new WebServer(
        "test",
        new WebServer.Settings(
            new ListenAddress("127.0.0.1", 0),
            Optional.empty(),
            List.of(),
            false,
            Duration.ofSeconds(30),
            connections),
        new Refusals(),
        routes -> routes.get("/", context -> context.status(200)));
  }

  @Test
  void connectionAboveTheLimit_waitsUntilAnotherEnds() throws Exception {
    WebServer server = server(2);
    server.start();
    try (RawConnection first = RawConnection.to(server.address());
        RawConnection second = RawConnection.to(server.address())) {
      assertThat(first.send(REQUEST).head()).startsWith("HTTP/1.1 200");
      assertThat(second.send(REQUEST).head()).startsWith("HTTP/1.1 200");
      try (RawConnection third = RawConnection.to(server.address())) {
        third.send(REQUEST);
        assertThatThrownBy(() -> third.head(300)).isInstanceOf(SocketTimeoutException.class);
        assertThat(second.send(REQUEST).head()).as("others go on").startsWith("HTTP/1.1 200");

        assertThat(first.endSending().untilClosed()).isEmpty();

        assertThat(third.head()).startsWith("HTTP/1.1 200");
      }
    } finally {
      server.stop();
    }
  }
}
