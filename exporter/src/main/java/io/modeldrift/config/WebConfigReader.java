package io.modeldrift.config;

import io.modeldrift.config.WebConfig.ClientAuth;
import io.modeldrift.config.WebConfig.Pem;
import io.modeldrift.config.WebConfig.Rate;
import io.modeldrift.config.WebConfig.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the web configuration file of Prometheus' exporters (exporter-toolkit), the same file that
 * {@code promtool check web-config} checks.
 */
public final class WebConfigReader {

  private static final List<String> VERSIONS = List.of("TLS10", "TLS11", "TLS12", "TLS13");
  private static final Map<String, String> CURVES =
      Map.of(
          "CurveP256", "secp256r1",
          "CurveP384", "secp384r1",
          "CurveP521", "secp521r1",
          "X25519", "x25519");
  private static final List<String> HEADERS =
      List.of(
          "Content-Security-Policy",
          "Strict-Transport-Security",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "X-XSS-Protection");
  private static final List<String> TLS13_CIPHERS =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");

  private static final Duration MOST_BETWEEN_REQUESTS = Duration.ofHours(1);

  private final Path directory;
  private final Set<String> knownCiphers;

  private WebConfigReader(Path directory, Set<String> knownCiphers) {
    this.directory = directory;
    this.knownCiphers = knownCiphers;
  }

  /**
   * Reads a file; paths in it are relative to its directory.
   *
   * @param knownCiphers what this Java can speak; a cipher suite beyond that is a mistake
   * @throws ConfigException if anything is wrong, with one line per mistake
   */
  public static WebConfig read(Path file, Set<String> knownCiphers) throws ConfigException {
    Reading reading = new Reading(Overrides.none());
    @Nullable JsonNode tree = ConfigLoader.parseSecret(file);
    Path directory = Path.of("").resolve(file).toAbsolutePath().getParent();
    WebConfig config =
        new WebConfigReader(directory == null ? Path.of("") : directory, knownCiphers)
            .read(Section.root(tree, reading));
    reading.problems().throwIfAny();
    return config;
  }

  private WebConfig read(Section root) {
    try (root) {
      Optional<Tls> tls = root.has("tls_server_config") ? tls(root) : Optional.empty();
      try (Section http = root.section("http_server_config")) {
        return new WebConfig(tls, http.flag("http2", true), headers(http), users(root), rate(root));
      }
    }
  }

  private static Map<String, String> headers(Section http) {
    Map<String, String> headers = new LinkedHashMap<>();
    try (Section section = http.section("headers")) {
      for (String name : HEADERS) {
        section.text(name).ifPresent(value -> headers.put(name, value));
      }
    }
    return headers;
  }

  /** As in Prometheus' exporters, an interval of zero is none. */
  private static Optional<Rate> rate(Section root) {
    try (Section section = root.section("rate_limit")) {
      Duration interval = section.duration("interval", Duration.ZERO);
      if (interval.compareTo(MOST_BETWEEN_REQUESTS) > 0) {
        section.problem("interval", "must be at most 1h");
        return Optional.empty();
      }
      int burst = section.integer("burst", 1, 1, 1_000_000);
      return interval.isZero() ? Optional.empty() : Optional.of(new Rate(interval, burst));
    }
  }

  private static Map<String, String> users(Section root) {
    Map<String, String> users = new HashMap<>();
    root.namedTexts("basic_auth_users")
        .forEach(
            (name, hash) -> {
              if (!BCRYPT.matcher(hash).matches()) {
                root.problem("basic_auth_users." + name, "must be a bcrypt hash");
              } else if (name.isEmpty() || name.contains(":")) {
                root.problem(
                    "basic_auth_users." + name, "a name must not be empty or have a colon");
              } else {
                users.put(name, hash);
              }
            });
    return users;
  }

  private Optional<Tls> tls(Section root) {
    try (Section section = root.section("tls_server_config")) {
      Optional<Pem> certificate = pem(section, "cert");
      Optional<Pem> key = pem(section, "key");
      Optional<Pem> authority = pem(section, "client_ca");
      ClientAuth clientAuth = clientAuth(section, authority);
      Tls tls =
          new Tls(
              required(section, "cert", certificate),
              required(section, "key", key),
              authority,
              clientAuth,
              section.texts("client_allowed_sans"),
              protocols(section),
              ciphers(section),
              section.flag("prefer_server_cipher_suites", true),
              curves(section));
      if (!tls.allowedSans().isEmpty() && !clientAuth.isVerified()) {
        section.problem("client_allowed_sans", "needs a client_auth_type that verifies");
      }
      return Optional.of(tls);
    }
  }

  private static ClientAuth clientAuth(Section section, Optional<Pem> authority) {
    Map<String, ClientAuth> words = new LinkedHashMap<>();
    for (ClientAuth auth : ClientAuth.values()) {
      words.put(auth.word(), auth);
    }
    ClientAuth auth =
        section
            .word("client_auth_type", words, ClientAuth.NO_CLIENT_CERT.word())
            .orElse(ClientAuth.NO_CLIENT_CERT);
    if (auth.isVerified() && authority.isEmpty()) {
      section.problem("client_auth_type", auth.word() + " needs client_ca_file");
    }
    if (auth == ClientAuth.NO_CLIENT_CERT && authority.isPresent()) {
      section.problem("client_ca_file", "is of no use without client_auth_type");
    }
    return auth;
  }

  private static Pem required(Section section, String key, Optional<Pem> pem) {
    if (pem.isEmpty()) {
      section.problem(key + "_file", "is missing");
    }
    return pem.orElse(new Pem.Inline(""));
  }

  private Optional<Pem> pem(Section section, String key) {
    Optional<Pem> file = section.path(key + "_file", directory).map(Pem.File::new);
    Optional<Pem> inline = section.text(key).map(Pem.Inline::new);
    if (file.isPresent() && inline.isPresent()) {
      section.problem(key, "stands beside " + key + "_file; only one of them may");
    }
    return file.or(() -> inline);
  }

  /** Java has switched TLS 1.0 and 1.1 off; a lower bound of them is one of 1.2. */
  private static List<String> protocols(Section section) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    VERSIONS.forEach(version -> ranks.put(version, VERSIONS.indexOf(version)));
    int min = section.word("min_version", ranks, "TLS12").orElse(2);
    int max = section.word("max_version", ranks, "TLS13").orElse(3);
    if (max < 2) {
      section.problem("max_version", "TLS 1.0 and 1.1 are not supported");
    } else if (max < min) {
      section.problem("max_version", "is below min_version");
    }
    return List.of("TLSv1.2", "TLSv1.3").subList(Math.max(min, 2) - 2, Math.max(max, 2) - 1);
  }

  private List<String> ciphers(Section section) {
    List<String> ciphers =
        section.texts("cipher_suites").stream().map(WebConfigReader::javaName).toList();
    for (String cipher : ciphers) {
      if (!knownCiphers.contains(cipher)) {
        section.problem("cipher_suites", "\"" + cipher + "\" is unknown to this Java");
      }
    }
    if (ciphers.isEmpty()) {
      return List.of();
    }
    // As in Prometheus, those of TLS 1.3 are not a matter of configuration.
    return Stream.concat(TLS13_CIPHERS.stream(), ciphers.stream()).distinct().toList();
  }

  /** Go has kept two short names. */
  private static String javaName(String cipher) {
    return cipher.endsWith("_CHACHA20_POLY1305") ? cipher + "_SHA256" : cipher;
  }

  private static List<String> curves(Section section) {
    return section.words("curve_preferences", CURVES, List.of(), "").stream().distinct().toList();
  }
}
