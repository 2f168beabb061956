package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.modeldrift.app.log.Logging;
import io.modeldrift.config.LogSettings;
import io.modeldrift.decode.WirePayloads;
import io.modeldrift.decode.WirePayloads.Sent;
import io.modeldrift.fuzz.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Whatever production is copied, in whichever format, sound or broken: not a word of it gets into
 * the log, at its most talkative, or onto the terminal.
 */
class NothingLoggedTest {

  private static final String SECRET = "tops3cret";
  private static final double NUMBER = 471.1081525;
  private static final List<String> TRACES =
      List.of(
          SECRET,
          String.valueOf(NUMBER),
          Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));

  @TempDir private Path directory;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private Optional<RunningExporter> running = Optional.empty();

  private final class Listening extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      logged.add(event.getFormattedMessage() + " " + event.getThrowableProxy());
    }
  }

  private final Listening listening = new Listening();

  @BeforeEach
  void start() throws Exception {
    PrintStream all = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(all);
    System.setErr(all);
    running =
        Optional.of(
            new RunningExporter(
                directory,
                "log: {level: debug}\nlearning: {rows: 100}\ningest: {body_size: 20KiB}\n"));
    root.getLoggerContext().resetTurboFilterList(); // every line counts, not ten a minute
    listening.setContext(root.getLoggerContext());
    listening.start();
    root.addAppender(listening);
  }

  @AfterEach
  void stop() {
    running.ifPresent(RunningExporter::close);
    root.detachAppender(listening);
    Logging.use(LogSettings.defaults());
    System.setOut(out);
    System.setErr(err);
  }

  private URI address() {
    return running.orElseThrow().address();
  }

  private void post(Sent payload, byte[] body, String... more) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address().resolve(payload.path() + "?token=" + SECRET))
            .POST(BodyPublishers.ofByteArray(body))
            .header("Authorization", "Bearer " + SECRET)
            .header("Cookie", "session=" + SECRET)
            .header("X-Request-Id", SECRET)
            .header("traceparent", SECRET)
            .header("Seldon-Puid", SECRET)
            .header("X-Amzn-SageMaker-Custom-Attributes", SECRET);
    payload.headers().forEach(request::header);
    if (more.length > 0) {
      request.headers(more);
    }
    client.send(request.build(), BodyHandlers.discarding());
  }

  private void assertNothingTold(int payloads) throws Exception {
    Scrape scrape =
        running
            .orElseThrow()
            .scrapeUntil(
                s ->
                    s.sum("model_drift_exporter_payloads_total") >= payloads
                        && s.sum("model_drift_exporter_payloads_waiting") == 0);
    assertThat(scrape.sum("model_drift_exporter_payloads_total")).isEqualTo(payloads);
    root.info("the test listens");
    List<String> lines = new ArrayList<>(logged);
    lines.addAll(printed.toString(StandardCharsets.UTF_8).lines().toList());
    assertThat(logged).anySatisfy(line -> assertThat(line).contains("the test listens"));
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(line.replace("the test listens", "")).doesNotContain(TRACES));
  }

  @Test
  void soundPayloads_leaveNoTrace() throws Exception {
    List<Sent> payloads = WirePayloads.saying(SECRET, NUMBER);
    for (Sent payload : payloads) {
      post(payload, payload.body());
    }
    assertThat(payloads).hasSizeGreaterThan(60);
    assertNothingTold(payloads.size());
  }

  @Test
  void brokenPayloads_leaveNoTrace() throws Exception {
    List<Sent> payloads = WirePayloads.saying(SECRET, NUMBER);
    List<byte[]> bodies = payloads.stream().map(Sent::body).toList();
    Random random = new Random(1);
    for (Sent payload : payloads) {
      byte[] body = payload.body();
      post(payload, Arrays.copyOf(body, body.length * 2 / 3));
      post(payload, Mutations.changed(body, bodies, random));
      post(payload, Mutations.changed(body, bodies, random));
      post(payload, body, "Content-Encoding", "gzip");
      post(payload, SECRET.repeat(9).getBytes(StandardCharsets.UTF_8));
      post(payload, SECRET.repeat(5_000).getBytes(StandardCharsets.UTF_8));
    }
    assertNothingTold(6 * payloads.size());
  }

  @Test
  void brokenRequests_leaveNoTrace() throws Exception {
    String head = "POST /v1/models/m:predict HTTP/1.1\nHost: x\n";
    for (String request :
        List.of(
            head + "No colon " + SECRET + "\n\n",
            head + "Authorization: " + SECRET.repeat(5_000) + "\n\n",
            head + "Content-Length: " + SECRET + "\n\n",
            head + "Transfer-Encoding: chunked\n\n" + SECRET + "\n",
            head + "Content-Length: 100\n\n" + SECRET,
            head + "Content-Length: 1\nContent-Length: 2\n\n" + SECRET,
            SECRET + " / HTTP/1.1\n\n",
            "POST /%" + SECRET + " HTTP/1.1\nHost: x\n\n",
            "PRI * HTTP/2.0\n\nSM\n\n" + SECRET)) {
      try (RawConnection connection = RawConnection.to(address())) {
        connection.send(request).endSending().untilClosed();
      }
    }
    Scrape scrape = running.orElseThrow().scrape();
    assertNothingTold((int) scrape.sum("model_drift_exporter_payloads_received_total"));
  }
}
