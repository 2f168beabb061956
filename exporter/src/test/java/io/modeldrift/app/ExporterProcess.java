package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runnable jar as a process of its own, on a free port of the loopback address. */
final class ExporterProcess implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("Listening on (https?://\\S+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final BufferedReader output;
  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ExporterProcess(Process process) throws IOException {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.address = awaitAddress();
  }

  /** Starts {@code serve} with these arguments and waits until it listens. */
  static ExporterProcess serve(String... arguments) throws IOException {
    List<String> serve = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:0"));
    serve.addAll(List.of(arguments));
    return new ExporterProcess(command(serve).start());
  }

  /** Starts a command that serves, and waits until it listens. */
  static ExporterProcess of(ProcessBuilder command) throws IOException {
    return new ExporterProcess(command.start());
  }

  /** Returns a command that runs the jar under the Java of this test. */
  static ProcessBuilder command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-jar", System.getProperty("exporter.jar")));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  URI address() {
    return address;
  }

  Process process() {
    return process;
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).GET().build();
    return client.send(request, BodyHandlers.ofString());
  }

  Scrape scrape() throws IOException, InterruptedException {
    HttpResponse<String> response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    return Scrape.parse(response.body());
  }

  /**
   * Scrapes until a condition holds, which real time must bring about, and then once more: a scrape
   * reads its parts one after the other, so the parts read first may be older than the condition.
   */
  Scrape scrapeUntil(Predicate<Scrape> condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.test(scrape())) {
      assertThat(System.nanoTime()).as("the condition was not met in time").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return scrape();
  }

  /** Asks the process to end and returns its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended in time").isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private URI awaitAddress() throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = ADDRESS.matcher(line);
      if (matcher.find()) {
        drainInBackground();
        return URI.create(matcher.group(1));
      }
      seen.append(line).append('\n');
    }
    throw new IOException("the exporter ended: " + seen);
  }

  /** A full pipe would block the process. */
  private void drainInBackground() {
    Thread drain =
        new Thread(
            () -> {
              try {
                output.lines().forEach(line -> {});
              } catch (UncheckedIOException e) {
                // the process ended
              }
            });
    drain.setDaemon(true);
    drain.start();
  }
}
