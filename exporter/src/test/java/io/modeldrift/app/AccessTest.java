package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.modeldrift.config.ConfigLoader;
import io.modeldrift.config.Overrides;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, knocked out at every door that a running exporter has. */
class AccessTest {

  private static final String TOKEN = "a-token-of-more-than-16-characters";
  private static final String INFERENCE = "{\"model\":\"m\",\"features\":{\"x\":1}}";

  @TempDir private Path directory;

  /** Over HTTP/2, JDK 25 reports a refusal that comes before the body was read as a reset. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Exporter exporter(String... keysAndValues) throws Exception {
    Map<String, String> values = new HashMap<>(Map.of("listen", "127.0.0.1:0"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return Exporter.start(
        ConfigLoader.load(Optional.empty(), new Overrides(values, Map.of())),
        InstantSource.system());
  }

  private String users(String password) throws IOException {
    String hash = BCrypt.withDefaults().hashToString(4, password.toCharArray());
    return Files.writeString(
            directory.resolve("web.yml"), "basic_auth_users:\n  ann: \"" + hash + "\"\n")
        .toString();
  }

  private String tokens() throws IOException {
    return Files.writeString(directory.resolve("tokens"), "# for scripts\n" + TOKEN + "\n")
        .toString();
  }

  private static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private HttpResponse<String> send(URI base, String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(
                method,
                method.equals("POST")
                    ? BodyPublishers.ofString(INFERENCE)
                    : BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Every registered door with its parameters filled in, and spellings that a router may fold. */
  private static List<String[]> doors(Exporter exporter) {
    List<String[]> doors = new ArrayList<>();
    for (String door : exporter.doors()) {
      String[] words = door.split(" ", 2);
      doors.add(
          new String[] {
            words[0],
            words[1].replaceAll("\\{[a-z]+}", "1").replace("<path>", "v1/models/m:predict")
          });
    }
    for (String path :
        List.of(
            "/%61pi/v1/status",
            "//api/v1/status",
            "/api/v1/status/",
            "/API/v1/status",
            "/x/../api/v1/status",
            "/api;x/v1/status",
            "/nowhere")) {
      doors.add(new String[] {"GET", path});
      doors.add(new String[] {"POST", path});
    }
    return doors;
  }

  @Test
  void everyDoor_tellsAStrangerNothing_whereUsersAreConfigured() throws Exception {
    try (Exporter exporter = exporter("web.config.file", users("secret"))) {
      assertThat(exporter.doors()).hasSizeGreaterThan(20);
      for (String[] door : doors(exporter)) {
        for (String credentials :
            List.of("", basic("ann", "wrong"), basic("eve", "secret"), "Basic !", "Bearer x")) {
          HttpResponse<String> response =
              credentials.isEmpty()
                  ? send(exporter.address(), door[0], door[1])
                  : send(exporter.address(), door[0], door[1], "Authorization", credentials);

          assertThat(response.statusCode()).as("%s %s", door[0], door[1]).isEqualTo(401);
          assertThat(response.body()).isEmpty();
          assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        }
      }
      HttpResponse<String> metrics =
          send(exporter.address(), "GET", "/metrics", "Authorization", basic("ann", "secret"));
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.body())
          .contains("model_drift_exporter_payloads_received_total 0.0")
          .containsPattern("requests_refused_total\\{reason=\"unauthenticated\"} \\d{2,}");
    }
  }

  @Test
  void rateLimit_holdsForEverybody_andIsCounted() throws Exception {
    String file =
        Files.writeString(directory.resolve("web.yml"), "rate_limit: {interval: 1h, burst: 3}\n")
            .toString();
    try (Exporter exporter = exporter("web.config.file", file)) {
      URI base = exporter.address();
      assertThat(send(base, "GET", "/").statusCode()).isEqualTo(200);
      assertThat(send(base, "POST", "/v1/models/m:predict").statusCode()).isEqualTo(200);
      assertThat(send(base, "GET", "/-/healthy").statusCode()).isEqualTo(200);

      assertThat(send(base, "GET", "/metrics").statusCode()).isEqualTo(429);
      assertThat(send(base, "POST", "/v1/models/m:predict").statusCode()).isEqualTo(429);

      Files.writeString(directory.resolve("web.yml"), "");
      assertThat(exporter.refreshAccess()).isTrue();
      assertThat(send(base, "GET", "/metrics").body())
          .contains("requests_refused_total{reason=\"rate_limited\"} 2.0");
    }
  }

  @Test
  void apiDoors_needATokenWhereTokensAreConfigured_andOthersStayOpen() throws Exception {
    try (Exporter exporter = exporter("access.api_token_files", tokens())) {
      int api = 0;
      for (String[] door : doors(exporter)) {
        if (door[1].startsWith("/api/") || door[1].startsWith("/reviews")) {
          api++;
          assertThat(send(exporter.address(), door[0], door[1]).statusCode()).isEqualTo(401);
          assertThat(
                  send(exporter.address(), door[0], door[1], "Authorization", "Bearer " + TOKEN)
                      .statusCode())
              .as("%s %s", door[0], door[1])
              .isNotEqualTo(401);
        }
      }
      assertThat(api).isGreaterThan(3);
      assertThat(send(exporter.address(), "GET", "/metrics").statusCode()).isEqualTo(200);
      assertThat(send(exporter.address(), "POST", "/v1/models/m:predict").statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1.0/predictions", "/api/v0.1/predictions", "/api/v1.0/feedback"})
  void trafficOfModelServersBelowApi_needsNoToken(String path) throws Exception {
    try (Exporter exporter = exporter("access.api_token_files", tokens())) {
      assertThat(send(exporter.address(), "POST", path).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void token_opensTheApiInPlaceOfAUser_andNothingElse() throws Exception {
    try (Exporter exporter =
        exporter("web.config.file", users("secret"), "access.api_token_files", tokens())) {
      String bearer = "Bearer " + TOKEN;
      URI base = exporter.address();

      assertThat(send(base, "GET", "/api/v1/status", "Authorization", bearer).statusCode())
          .isEqualTo(200);
      assertThat(send(base, "GET", "/metrics", "Authorization", bearer).statusCode())
          .isEqualTo(401);
      assertThat(
              send(base, "GET", "/api/v1/status", "Authorization", basic("ann", "secret"))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/reviews", "/api/v1/reviews/decided", "/reviews"})
  void rowDoors_areClosedUnlessConfigured_evenToUsers(String path) throws Exception {
    try (Exporter exporter = exporter("access.api_token_files", tokens())) {
      HttpResponse<String> response =
          send(exporter.address(), "GET", path, "Authorization", "Bearer " + TOKEN);
      assertThat(response.statusCode()).isEqualTo(403);
    }
    try (Exporter exporter =
        exporter("access.api_token_files", tokens(), "access.row_doors", "true")) {
      assertThat(send(exporter.address(), "GET", path).statusCode()).isEqualTo(401);
      assertThat(
              send(exporter.address(), "GET", path, "Authorization", "Bearer " + TOKEN)
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void foreignPage_cannotOperateTheExporterThroughABrowser() throws Exception {
    try (Exporter exporter = exporter()) {
      URI base = exporter.address();
      assertThat(send(base, "POST", "/-/reload", "Sec-Fetch-Site", "cross-site").statusCode())
          .isEqualTo(403);
      assertThat(send(base, "POST", "/v1/models/m:predict", "Sec-Fetch-Site", "cross-site"))
          .as("a mirrored request of a browser")
          .returns(200, HttpResponse::statusCode);
    }
  }

  @Test
  void ownIntakeAddress_separatesTrafficFromOperations() throws Exception {
    String open = Files.writeString(directory.resolve("open.yml"), "").toString();
    try (Exporter exporter =
        exporter(
            "web.config.file",
            users("secret"),
            "ingest.listen",
            "127.0.0.1:0",
            "ingest.web.config.file",
            open)) {
      URI ingest = exporter.ingestAddress().orElseThrow();
      String ann = basic("ann", "secret");

      assertThat(send(ingest, "POST", "/v1/models/m:predict").statusCode()).isEqualTo(200);
      assertThat(send(ingest, "GET", "/metrics").body()).isEmpty();
      assertThat(send(ingest, "GET", "/api/v1/status").body()).isEmpty();
      assertThat(send(exporter.address(), "POST", "/v1/models/m:predict").statusCode())
          .isEqualTo(401);
      assertThat(
              send(exporter.address(), "POST", "/v1/models/m:predict", "Authorization", ann)
                  .statusCode())
          .isEqualTo(404);
      assertThat(send(exporter.address(), "GET", "/metrics", "Authorization", ann).body())
          .contains("model_drift_exporter_payloads_received_total 3.0");
    }
  }

  @Test
  void ownIntakeAddress_isProtectedLikeTheOtherUnlessItSaysOtherwise() throws Exception {
    try (Exporter exporter =
        exporter("web.config.file", users("secret"), "ingest.listen", "127.0.0.1:0")) {
      URI ingest = exporter.ingestAddress().orElseThrow();
      assertThat(send(ingest, "POST", "/v1/models/m:predict").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void changedFiles_areUsed_andBadOnesLeaveTheOldInForce() throws Exception {
    try (Exporter exporter =
        exporter("web.config.file", users("old"), "access.api_token_files", tokens())) {
      URI base = exporter.address();
      users("new");
      assertThat(exporter.refreshAccess()).isTrue();
      assertThat(send(base, "GET", "/", "Authorization", basic("ann", "old")).statusCode())
          .isEqualTo(401);
      assertThat(send(base, "GET", "/", "Authorization", basic("ann", "new")).statusCode())
          .isEqualTo(200);

      Files.writeString(directory.resolve("web.yml"), "basic_auth_users: {ann: plain}\n");
      assertThat(exporter.refreshAccess()).isFalse();
      HttpResponse<String> metrics =
          send(base, "GET", "/metrics", "Authorization", basic("ann", "new"));
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.body()).contains("model_drift_exporter_access_files_usable 0.0");
    }
  }

  @Test
  void uselessFile_preventsTheStartAndIsNotQuoted() throws Exception {
    Path file = Files.writeString(directory.resolve("bad.yml"), "basic_auth_users: {ann: pass}\n");
    assertThatThrownBy(() -> exporter("web.config.file", file.toString()))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("basic_auth_users.ann: must be a bcrypt hash")
        .message()
        .doesNotContain(": pass");

    Path weak = Files.writeString(directory.resolve("weak"), "short\n");
    assertThatThrownBy(() -> exporter("access.api_token_files", weak.toString()))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("at least 16 characters")
        .message()
        .doesNotContain("short");
  }
}
