package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.app.web.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes with a client certificate and a password, checked by its own tools. */
class TlsScrapeIT {

  private static final String WEB_CONFIG =
      """
      tls_server_config:
        cert_file: server.pem
        key_file: server.key
        client_auth_type: RequireAndVerifyClientCert
        client_ca_file: ca.pem
        min_version: TLS12
        cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]
        curve_preferences: [X25519, CurveP256]
      http_server_config:
        http2: true
        headers: {Strict-Transport-Security: max-age=31536000}
      basic_auth_users:
        prometheus: "$2b$12$hNf2lSsxfm0.i4a.1kVpSOVyBCfIB51VRjgBUyv6kdnyTlgWj81Ay"
      """;

  private static final String REFUSED = "model_drift_exporter_requests_refused_total";

  @TempDir private Path directory;

  @BeforeEach
  void files() throws Exception {
    new Certificates(directory).sign("server").sign("prometheus");
    Files.writeString(directory.resolve("web.yml"), WEB_CONFIG);
  }

  @Test
  void webConfig_passesPromtool() throws Exception {
    Process promtool =
        new ProcessBuilder(
                "promtool", "check", "web-config", directory.resolve("web.yml").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(promtool.exitValue()).as(output).isZero();
  }

  @Test
  void prometheus_getsInWithCertificateAndPassword_andNotWithoutEither() throws Exception {
    try (ExporterProcess exporter =
        ExporterProcess.serve("--web.config.file", directory.resolve("web.yml").toString())) {
      String target = "127.0.0.1:" + exporter.address().getPort();
      Files.writeString(directory.resolve("prometheus.yml"), scrapes(target));
      int port = freePort();
      Process prometheus = prometheus(port);
      try {
        assertThat(upOf(port, "good", "1")).isEqualTo("1");
        assertThat(upOf(port, "no-certificate", "0")).isEqualTo("0");
        assertThat(upOf(port, "no-password", "0")).isEqualTo("0");
        assertThat(valueOf(port, REFUSED + "{job=\"good\",reason=\"tls_handshake\"} > bool 0", "1"))
            .isEqualTo("1");
        assertThat(
                valueOf(port, REFUSED + "{job=\"good\",reason=\"unauthenticated\"} > bool 0", "1"))
            .isEqualTo("1");
        assertThat(query(port, "model_drift_exporter_build_info{job=\"good\"}"))
            .contains("model_drift_exporter_build_info");
      } finally {
        prometheus.destroy();
        assertThat(prometheus.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static String scrapes(String target) {
    return """
    global: {scrape_interval: 1s}
    scrape_configs:
      - job_name: good
        scheme: https
        tls_config: {ca_file: ca.pem, cert_file: prometheus.pem, key_file: prometheus.key}
        basic_auth: {username: prometheus, password: test}
        static_configs: [{targets: ["TARGET"]}]
      - job_name: no-certificate
        scheme: https
        tls_config: {ca_file: ca.pem}
        basic_auth: {username: prometheus, password: test}
        static_configs: [{targets: ["TARGET"]}]
      - job_name: no-password
        scheme: https
        tls_config: {ca_file: ca.pem, cert_file: prometheus.pem, key_file: prometheus.key}
        static_configs: [{targets: ["TARGET"]}]
    """
        .replace("TARGET", target);
  }

  private Process prometheus(int port) throws IOException {
    return new ProcessBuilder(
            List.of(
                "prometheus",
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("prometheus.log").toFile())
        .start();
  }

  private static String upOf(int port, String job, String wanted) throws Exception {
    return valueOf(port, "up{job=\"" + job + "\"}", wanted);
  }

  /** Waits until an expression has the wanted value of one digit, and returns the last one. */
  private static String valueOf(int port, String expression, String wanted) throws Exception {
    String last = "";
    for (int attempt = 0; attempt < 300 && !last.equals(wanted); attempt++) {
      String answer = query(port, expression);
      last = answer.replaceFirst("(?s).*\"value\":\\[[^,]*,\"(\\d)\".*", "$1");
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return last;
  }

  private static String query(int port, String expression) throws InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + port
                + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "it is still starting";
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
