package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.config.ConfigException;
import io.modeldrift.config.ConfigLoader;
import io.modeldrift.config.Overrides;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an inference to what people say about it, through every door of a running exporter. */
class PeopleTest {

  private static final String TOKEN = "a-token-of-sufficient-length-0123456789";

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  private Exporter exporter() throws IOException, ConfigException {
    Files.writeString(directory.resolve("token"), TOKEN + "\n");
    Path config =
        Files.writeString(
            directory.resolve("exporter.yaml"),
            """
            listen: 127.0.0.1:0
            access: {row_doors: true, api_token_files: [token]}
            feedback: {trust_corrections: true}
            reviews: {path: state}
            models:
              - name: credit
                output: {kind: binary, score: probability}
                reviews: {uncertain: 0.1, columns: [age]}
            """);
    return Exporter.start(
        ConfigLoader.load(Optional.of(config), Overrides.none()), InstantSource.system());
  }

  private String post(Exporter exporter, String path, String body) throws Exception {
    return send(exporter, HttpRequest.newBuilder(), path, body);
  }

  private String send(Exporter exporter, HttpRequest.Builder request, String path, String body)
      throws Exception {
    HttpRequest.Builder to =
        request.uri(exporter.address().resolve(path)).header("Authorization", "Bearer " + TOKEN);
    HttpRequest ready =
        body.isEmpty() ? to.GET().build() : to.POST(BodyPublishers.ofString(body)).build();
    return client.send(ready, BodyHandlers.ofString()).body().strip();
  }

  private Scrape scrape(Exporter exporter) throws Exception {
    return Scrape.parse(send(exporter, HttpRequest.newBuilder(), "/metrics", ""));
  }

  @Test
  void reviewersDecision_isGroundTruthOfTheInference() throws Exception {
    try (Exporter exporter = exporter()) {
      post(
          exporter,
          "/api/v1/inferences",
          """
          {"model":"credit","id":"a1","features":{"age":35},"prediction":{"probability":0.55}}
          {"model":"credit","id":"a2","features":{"age":36},"prediction":{"probability":0.99}}
          """);

      String waiting = send(exporter, HttpRequest.newBuilder(), "/api/v1/reviews", "");
      assertThat(waiting)
          .contains("\"waiting\":1", "\"inference_id\":\"a1\"", "\"columns\":{\"age\":\"35\"}");
      assertThat(post(exporter, "/api/v1/reviews/1", "{\"decision\":\"override\",\"value\":0}"))
          .isEqualTo("{\"outcome\":\"overridden\"}");

      Scrape scrape = scrape(exporter);
      assertThat(scrape.sum("model_reviews_total", "outcome", "overridden")).isEqualTo(1);
      assertThat(scrape.sum("model_ground_truth_total", "outcome", "matched")).isEqualTo(1);
      assertThat(scrape.sum("model_predictions_scored_total", "predicted", "1", "actual", "0"))
          .isEqualTo(1);
    }
  }

  @Test
  void feedback_isCounted_andATrustedCorrectionIsGroundTruth() throws Exception {
    try (Exporter exporter = exporter()) {
      post(
          exporter,
          "/api/v1/inferences",
          """
          {"model":"credit","id":"a1","features":{"age":35},"prediction":{"probability":0.9}}
          """);

      String answer =
          post(
              exporter,
              "/api/v1/feedback",
              """
              {"model":"credit","thumbs":"down"}
              {"model":"credit","inference_id":"a1","correction":0}
              {"model":"unheard of","rating":1}
              """);

      assertThat(answer)
          .startsWith("{\"received\":3,\"accepted\":2,\"problems\":[{\"pointer\":\"/2/model\"");
      Scrape scrape = scrape(exporter);
      assertThat(scrape.sum("model_feedback_total", "kind", "thumbs_down")).isEqualTo(1);
      assertThat(scrape.sum("model_feedback_total", "kind", "correction")).isEqualTo(1);
      assertThat(scrape.sum("model_ground_truth_total", "outcome", "matched")).isEqualTo(1);
    }
  }
}
