package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

/** A client of the model that keeps its connection, as real ones do, and measures. */
final class MirroredClient {

  /** Response times of many requests, in milliseconds. */
  record Times(double median, double p99) {

    static Times of(long[] nanos) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return new Times(sorted[sorted.length / 2] / 1e6, sorted[(int) (sorted.length * 0.99)] / 1e6);
    }

    @Override
    public String toString() {
      return "median %.2f ms, p99 %.2f ms".formatted(median, p99);
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI uri;

  MirroredClient(int port) {
    this.uri = URI.create("http://127.0.0.1:" + port + "/v1/models/credit:predict");
  }

  /** Sends requests one after the other; each must be answered by the model. */
  Times send(int requests) throws Exception {
    long[] nanos = new long[requests];
    for (int i = 0; i < requests; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .timeout(Duration.ofSeconds(20))
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      "{\"instances\": [{\"age\": " + i + ", \"channel\": \"web\"}]}"))
              .build();
      long start = System.nanoTime();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      nanos[i] = System.nanoTime() - start;
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("0.75");
    }
    return Times.of(nanos);
  }
}
