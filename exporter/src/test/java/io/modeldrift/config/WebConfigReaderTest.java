package io.modeldrift.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modeldrift.config.WebConfig.ClientAuth;
import io.modeldrift.config.WebConfig.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebConfigReaderTest {

  private static final Set<String> CIPHERS =
      Set.of(
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_AES_128_GCM_SHA256");
  private static final String HASH = "$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi";

  @TempDir private Path directory;

  private WebConfig read(String yaml) throws IOException, ConfigException {
    return WebConfigReader.read(Files.writeString(directory.resolve("web.yml"), yaml), CIPHERS);
  }

  @Test
  void emptyFile_isOpenAndPlain() throws Exception {
    assertThat(read("")).isEqualTo(WebConfig.open());
    assertThat(read("rate_limit: {interval: 0, burst: 20}\n")).isEqualTo(WebConfig.open());
    assertThat(read("tls_server_config: {}\nbasic_auth_users:\n")).isEqualTo(WebConfig.open());
  }

  @Test
  void everyKey_isRead() throws Exception {
    WebConfig config =
        read(
            """
            tls_server_config:
              cert_file: server.pem
              key_file: /keys/server.key
              client_ca_file: ca.pem
              client_auth_type: RequireAndVerifyClientCert
              client_allowed_sans: [prometheus]
              min_version: TLS12
              max_version: TLS12
              cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305]
              prefer_server_cipher_suites: false
              curve_preferences: [X25519, CurveP256]
            http_server_config:
              http2: false
              headers:
                X-Frame-Options: deny
            basic_auth_users:
              ann: %s
            rate_limit:
              interval: 100ms
              burst: 20
            """
                .formatted(HASH));

    WebConfig.Tls tls = config.tls().orElseThrow();
    assertThat(tls.certificate()).isEqualTo(new Pem.File(directory.resolve("server.pem")));
    assertThat(tls.key()).isEqualTo(new Pem.File(Path.of("/keys/server.key")));
    assertThat(tls.clientAuthority()).contains(new Pem.File(directory.resolve("ca.pem")));
    assertThat(tls.clientAuth()).isEqualTo(ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT);
    assertThat(tls.allowedSans()).containsExactly("prometheus");
    assertThat(tls.protocols()).containsExactly("TLSv1.2");
    assertThat(tls.ciphers())
        .contains(
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    assertThat(tls.preferServerCiphers()).isFalse();
    assertThat(tls.curves()).containsExactly("x25519", "secp256r1");
    assertThat(config.http2()).isFalse();
    assertThat(config.headers()).containsEntry("X-Frame-Options", "deny");
    assertThat(config.users()).containsEntry("ann", HASH);
    assertThat(config.rate()).contains(new WebConfig.Rate(Duration.ofMillis(100), 20));
  }

  @Test
  void defaults_areTls12AndLaterAndHttp2() throws Exception {
    WebConfig config = read("tls_server_config: {cert_file: c, key_file: k}\n");

    assertThat(config.tls().orElseThrow().protocols()).containsExactly("TLSv1.2", "TLSv1.3");
    assertThat(config.tls().orElseThrow().clientAuth()).isEqualTo(ClientAuth.NO_CLIENT_CERT);
    assertThat(config.http2()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tls_server_config: {cert_file: c}                                       | tls_server_config.key_file: is missing
          tls_server_config: {cert_file: c, cert: x, key_file: k}                 | stands beside cert_file
          tls_server_config: {cert_file: c, key_file: k, client_auth_type: RequireAndVerifyClientCert} | needs client_ca_file
          tls_server_config: {cert_file: c, key_file: k, client_ca_file: a}       | is of no use without client_auth_type
          tls_server_config: {cert_file: c, key_file: k, client_auth_type: No}    | must be one of NoClientCert
          tls_server_config: {cert_file: c, key_file: k, min_version: SSL3}       | must be one of TLS10, TLS11
          tls_server_config: {cert_file: c, key_file: k, max_version: TLS11}      | are not supported
          tls_server_config: {cert_file: c, key_file: k, min_version: TLS13, max_version: TLS12} | is below min_version
          tls_server_config: {cert_file: c, key_file: k, cipher_suites: [NULL_X]} | "NULL_X" is unknown
          tls_server_config: {cert_file: c, key_file: k, curve_preferences: [P1]} | must be one of
          tls_server_config: {cert_file: c, key_file: k, certfile: x}             | unknown key; did you mean
          basic_auth_users: {ann: secret}                                         | basic_auth_users.ann: must be a bcrypt hash
          basic_auth_users: [ann]                                                 | must be a mapping
          http_server_config: {http2: maybe}                                      | must be true or false
          http_server_config: {headers: {X-Other: a}}                             | unknown key
          rate_limit: {interval: 1s, burst: 0}                                    | rate_limit.burst
          rate_limit: {interval: 2h}                                              | rate_limit.interval: must be at most 1h
          tls: {}                                                                 | unknown key
          [1                                                                      | not YAML
          """)
  void mistake_isNamedWithItsPlace(String yaml, String message) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(yaml));

    assertThat(e.problems()).anySatisfy(problem -> assertThat(problem).contains(message));
    assertThat(e.problems()).noneSatisfy(problem -> assertThat(problem).contains("secret"));
  }
}
