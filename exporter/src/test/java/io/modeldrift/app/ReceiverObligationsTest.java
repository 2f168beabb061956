package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.config.ConfigException;
import io.modeldrift.config.ConfigLoader;
import io.modeldrift.config.Overrides;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mirrors, loggers and brokers do to a receiver, byte by byte, on the address itself. */
class ReceiverObligationsTest {

  private static final String PAYLOADS = "model_drift_exporter_payloads_total";
  private static final String BODY = "{\"instances\": [[1, 2]]}"; // 23 bytes
  private static final String HEAD = "POST /v1/models/m:predict HTTP/1.1\nHost: m-shadow\n";

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<Exporter> running = Optional.empty();

  @BeforeEach
  void start() throws ConfigException, IOException {
    Path file =
        Files.writeString(
            directory.resolve("exporter.yaml"),
            "ingest: {read_timeout: 1s, body_size: 10KiB, queue_size: 1MiB}\n");
    running =
        Optional.of(
            Exporter.start(
                ConfigLoader.load(
                    Optional.of(file), new Overrides(Map.of("listen", "127.0.0.1:0"), Map.of())),
                InstantSource.system()));
  }

  @AfterEach
  void stop() {
    running.ifPresent(Exporter::close);
  }

  private URI address() {
    return running.orElseThrow().address();
  }

  private RawConnection connect() throws IOException {
    return RawConnection.to(address());
  }

  private Scrape scrapeUntil(Predicate<Scrape> condition) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address().resolve("/metrics")).build();
    long deadline = System.nanoTime() + 30_000_000_000L;
    Scrape scrape = Scrape.parse(client.send(request, BodyHandlers.ofString()).body());
    while (!condition.test(scrape)) {
      assertThat(System.nanoTime()).as("the condition was not met in time").isLessThan(deadline);
      scrape = Scrape.parse(client.send(request, BodyHandlers.ofString()).body());
    }
    return scrape;
  }

  private void assertCounted(String label, String value, double payloads)
      throws IOException, InterruptedException {
    Scrape scrape = scrapeUntil(s -> s.sum(PAYLOADS, label, value) >= payloads);
    assertThat(scrape.sum(PAYLOADS, label, value)).isEqualTo(payloads);
  }

  private static void assertEmptySuccess(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Content-Length: 0\n");
  }

  @Test
  void http10WithoutHost_isAnsweredObservedAndClosed() throws Exception {
    try (RawConnection connection = connect()) {
      String answer =
          connection
              .send("POST /v1/models/m:predict HTTP/1.0\nContent-Length: 23\n\n" + BODY)
              .untilClosed();

      assertThat(answer).matches("(?s)HTTP/1\\.[01] 200 .*").endsWith("\n\n");
    }
    assertCounted("outcome", "observed", 1);
  }

  @Test
  void http10WithKeepAlive_keepsTheConnection() throws Exception {
    String request =
        "POST /v1/models/m:predict HTTP/1.0\nConnection: keep-alive\nContent-Length: 23\n\n" + BODY;
    try (RawConnection connection = connect()) {
      for (int i = 0; i < 2; i++) {
        assertThat(connection.send(request).head()).matches("(?s)HTTP/1\\.[01] 200 .*");
      }
    }
    assertCounted("outcome", "observed", 2);
  }

  @Test
  void keepAlive_carriesManyRequests() throws Exception {
    try (RawConnection connection = connect()) {
      for (int i = 0; i < 10; i++) {
        assertEmptySuccess(connection.send(HEAD + "Content-Length: 23\n\n" + BODY).head());
      }
    }
    assertCounted("outcome", "observed", 10);
  }

  @Test
  void newConnectionARequest_isSurvived() throws Exception {
    for (int i = 0; i < 200; i++) {
      try (RawConnection connection = connect()) {
        assertEmptySuccess(
            connection
                .send(HEAD + "Connection: close\nContent-Length: 23\n\n" + BODY)
                .untilClosed());
      }
    }
    assertCounted("outcome", "observed", 200);
  }

  @Test
  void expectContinue_isToldToGoOn() throws Exception {
    try (RawConnection connection = connect()) {
      connection.send(HEAD + "Expect: 100-continue\nContent-Length: 23\n\n");
      assertThat(connection.head()).startsWith("HTTP/1.1 100 ");
      assertEmptySuccess(connection.send(BODY).head());
    }
    assertCounted("outcome", "observed", 1);
  }

  @Test
  void expectContinue_thatDoesNotWait_isObserved() throws Exception {
    try (RawConnection connection = connect()) {
      connection.send(HEAD + "Expect: 100-continue\nContent-Length: 23\n\n" + BODY);
      String answer = connection.head();
      assertEmptySuccess(answer.startsWith("HTTP/1.1 100 ") ? connection.head() : answer);
    }
    assertCounted("outcome", "observed", 1);
  }

  @Test
  void chunkedBody_isReadWhole_andTheConnectionStays() throws Exception {
    String chunked =
        HEAD
            + "Transfer-Encoding: chunked\n\nb\n"
            + BODY.substring(0, 11)
            + "\nc;some=extension\n"
            + BODY.substring(11)
            + "\n0\nTrailer-Field: x\n\n";
    try (RawConnection connection = connect()) {
      assertEmptySuccess(connection.send(chunked).head());
      assertEmptySuccess(connection.send(chunked).head());
    }
    assertCounted("outcome", "observed", 2);
  }

  @Test
  void chunkedBodyAboveTheCap_isAnsweredAndCounted() throws Exception {
    try (RawConnection connection = connect()) {
      connection.send(HEAD + "Transfer-Encoding: chunked\n\n");
      for (int i = 0; i < 20; i++) {
        connection.send("400\n" + "x".repeat(1024) + "\n");
      }
      assertEmptySuccess(connection.send("0\n\n").head());
    }
    assertCounted("reason", "too_large", 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "DELETE", "PATCH"})
  void copyOfAnotherMethod_isIgnoredAndCounted_andTheConnectionStays(String method)
      throws Exception {
    try (RawConnection connection = connect()) {
      for (int i = 0; i < 2; i++) {
        assertEmptySuccess(
            connection.send(method + " /v2/models/m/ready HTTP/1.1\nHost: 10.0.0.7\n\n").head());
      }
    }
    assertCounted("outcome", "ignored", 2);
  }

  @Test
  void announcedBodyThatNeverComes_isGivenUpAnsweredAndCounted() throws Exception {
    try (RawConnection silent = connect()) {
      silent.send(HEAD + "Content-Length: 23\n\n");
      try (RawConnection other = connect()) {
        assertEmptySuccess(other.send(HEAD + "Content-Length: 23\n\n" + BODY).head());
      }

      assertThat(silent.untilClosed()).startsWith("HTTP/1.1 200 ").contains("Connection: close");
    }
    assertCounted("reason", "read_failed", 1);
    assertCounted("outcome", "observed", 1);
  }

  @Test
  void headersThatNeverEnd_areGivenUp() throws Exception {
    try (RawConnection silent = connect()) {
      assertThat(silent.send(HEAD).untilClosed()).doesNotContain(" 200 ");
    }
  }

  @Test
  void bodyCutOffByItsSender_isCountedAndNothingElseLost() throws Exception {
    try (RawConnection cut = connect()) {
      cut.send(HEAD + "Content-Length: 23\n\n" + BODY.substring(0, 10)).endSending().untilClosed();
    }
    try (RawConnection other = connect()) {
      assertEmptySuccess(other.send(HEAD + "Content-Length: 23\n\n" + BODY).head());
    }
    assertCounted("reason", "read_failed", 1);
    assertCounted("outcome", "observed", 1);
  }
}
