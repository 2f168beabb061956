package io.modeldrift.expose;

import io.javalin.Javalin;
import io.modeldrift.truth.ReviewDesk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The routes under test behind a real server on a free loopback port. */
final class Server implements AutoCloseable {

  static final Instant NOW = Instant.parse("2030-01-01T06:00:30Z");

  private final Javalin javalin;
  private final HttpClient client = HttpClient.newHttpClient();

  Server(ExposedState state) {
    this(state, People.nobodyIsAsked());
  }

  Server(ExposedState state, ReviewDesk reviews) {
    javalin =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.jetty.host = "127.0.0.1";
                  config.jetty.port = 0;
                  new ExposeRoutes(
                          state, reviews, InstantSource.fixed(NOW), Optional::empty, () -> {})
                      .addTo(config.routes);
                })
            .start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + javalin.port());
  }

  /** Returns the body of a successful answer. */
  String get(String path) {
    HttpResponse<String> response = response(path);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + " answered " + response.statusCode());
    }
    return response.body();
  }

  HttpResponse<String> response(String path, String... headers) {
    return send(path, BodyHandlers.ofString(), headers);
  }

  HttpResponse<InputStream> stream(String path, String... headers) {
    return send(path, BodyHandlers.ofInputStream(), headers);
  }

  HttpResponse<String> head(String path) {
    return send(request(path).method("HEAD", BodyPublishers.noBody()), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String contentType, String body) {
    return send(
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)),
        BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(
      String path, HttpResponse.BodyHandler<T> body, String... headers) {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request, body);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address().resolve(path));
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
