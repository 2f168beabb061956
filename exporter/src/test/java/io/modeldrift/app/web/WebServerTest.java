package io.modeldrift.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.app.RawConnection;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class WebServerTest {

  private static final String REQUEST = "GET / HTTP/1.1\nHost: x\n\n";

  private final Refusals refusals = new Refusals();

  private WebServer server(int connections) {
    return new WebServer(
        "test",
        Loopback.settings(connections),
        refusals,
        routes -> routes.get("/", context -> context.status(200)));
  }

  @Test
  void whatIsNoHttp_isAnsweredWithoutAWord_andCounted() throws Exception {
    WebServer server = server(10);
    server.start();
    try (RawConnection noHttp = RawConnection.to(server.address());
        RawConnection longPath = RawConnection.to(server.address())) {
      assertThat(noHttp.send("no such thing\n\n").untilClosed())
          .startsWith("HTTP/1.1 505")
          .endsWith("\n\n");
      String path = "/x".repeat(10_000);
      assertThat(longPath.send("GET " + path + " HTTP/1.1\nHost: x\n\n").untilClosed())
          .startsWith("HTTP/1.1 414")
          .endsWith("\n\n");
    } finally {
      server.stop();
    }
    assertThat(refusals.snapshot()).containsEntry("malformed", 2L);
  }

  @Test
  void answer_carriesSecurityHeaders_exceptForCopies() throws Exception {
    WebServer server = server(10);
    server.start();
    try (RawConnection connection = RawConnection.to(server.address())) {
      assertThat(connection.send(REQUEST).head())
          .contains(
              "X-Content-Type-Options: nosniff",
              "X-Frame-Options: deny",
              "Referrer-Policy: no-referrer",
              "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'");
      String copy = "POST /v1/models/m:predict HTTP/1.1\nHost: x\nContent-Length: 0\n\n";
      assertThat(connection.send(copy).head()).doesNotContain("X-Content-Type-Options");
    } finally {
      server.stop();
    }
  }

  @Test
  void requestRefusedUnread_endsItsConnection() throws Exception {
    WebServer server = server(10);
    server.start();
    try (RawConnection connection = RawConnection.to(server.address())) {
      String decision = "POST /reviews/1 HTTP/1.1\nHost: x\nContent-Length: 20000\n\n";
      assertThat(connection.send(decision).head())
          .startsWith("HTTP/1.1 403 ")
          .containsIgnoringCase("\nConnection: close\n");
    } finally {
      server.stop();
    }
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
        assertThat(refusals.snapshot().get("connection_limit")).isPositive();

        assertThat(first.endSending().untilClosed()).isEmpty();

        assertThat(third.head()).startsWith("HTTP/1.1 200");
      }
    } finally {
      server.stop();
    }
  }
}
