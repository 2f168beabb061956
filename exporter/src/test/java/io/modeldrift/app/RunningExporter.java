package io.modeldrift.app;

import io.modeldrift.config.ConfigException;
import io.modeldrift.config.ConfigLoader;
import io.modeldrift.config.ExporterSettings;
import io.modeldrift.config.Overrides;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An exporter in this process, on a free port, talked to over HTTP only. */
final class RunningExporter implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path file;
  private final Exporter exporter;

  RunningExporter(Path directory, String yaml) throws IOException {
    this.file = Files.writeString(directory.resolve("exporter.yaml"), yaml);
    this.exporter = Exporter.start(this::settings, InstantSource.system());
  }

  private ExporterSettings settings() {
    try {
      return ConfigLoader.load(
          Optional.of(file), new Overrides(Map.of("listen", "127.0.0.1:0"), Map.of()));
    } catch (ConfigException e) {
      throw new CommandException(1, String.join("; ", e.problems()));
    }
  }

  /** Changes the file; in force after a reload. */
  void configure(String yaml) throws IOException {
    Files.writeString(file, yaml);
  }

  /** Reloads, as SIGHUP does. */
  void reload() {
    exporter.reload();
  }

  URI address() {
    return exporter.address();
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(exporter.address().resolve(path))
            .POST(BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  Scrape scrape() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(exporter.address().resolve("/metrics")).build();
    return Scrape.parse(client.send(request, BodyHandlers.ofString()).body());
  }

  /** Scrapes until the condition holds; the last scrape if it never does. */
  Scrape scrapeUntil(Predicate<Scrape> condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Scrape scrape = scrape();
    while (!condition.test(scrape) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
      scrape = scrape();
    }
    return scrape;
  }

  @Override
  public void close() {
    exporter.close();
  }
}
