package io.modeldrift.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one address is protected, as the web configuration file of Prometheus' exporters says it.
 *
 * @param tls certificate and key; empty for plain HTTP
 * @param http2 whether HTTP/2 is spoken beside HTTP/1.1
 * @param headers sent with every answer
 * @param users names and bcrypt hashes; empty if nobody has to say who they are
 * @param rate how many requests are let in; empty for all
 */
public record WebConfig(
    Optional<Tls> tls,
    boolean http2,
    Map<String, String> headers,
    Map<String, String> users,
    Optional<Rate> rate) {

  /** Copies the maps. */
  public WebConfig {
    headers = Map.copyOf(headers);
    users = Map.copyOf(users);
  }

  /** Returns what holds without a file: plain HTTP for everybody. */
  public static WebConfig open() {
    return new WebConfig(Optional.empty(), true, Map.of(), Map.of(), Optional.empty());
  }

  /**
   * A token bucket for all requests of an address.
   *
   * @param interval between two requests in the long run
   * @param burst how many may come at once, at least 1
   */
  public record Rate(Duration interval, int burst) {}

  /** Who has to show a certificate, in the words of the file. */
  public enum ClientAuth {
    /** Nobody is asked. */
    NO_CLIENT_CERT("NoClientCert", false, false),
    /** Asked for, neither needed nor verified. */
    REQUEST_CLIENT_CERT("RequestClientCert", false, false),
    /** Any certificate, not verified. */
    REQUIRE_ANY_CLIENT_CERT("RequireAnyClientCert", true, false),
    /** None, or one of the client authority. */
    VERIFY_CLIENT_CERT_IF_GIVEN("VerifyClientCertIfGiven", false, true),
    /** One of the client authority. */
    REQUIRE_AND_VERIFY_CLIENT_CERT("RequireAndVerifyClientCert", true, true);

    private final String word;
    private final boolean required;
    private final boolean verified;

    ClientAuth(String word, boolean required, boolean verified) {
      this.word = word;
      this.required = required;
      this.verified = verified;
    }

    /** Returns the word of the file. */
    public String word() {
      return word;
    }

    /** Returns whether a client without a certificate is refused. */
    public boolean isRequired() {
      return required;
    }

    /** Returns whether a certificate must come from the client authority. */
    public boolean isVerified() {
      return verified;
    }
  }

  /**
   * What TLS needs.
   *
   * @param certificate chain of certificates
   * @param key its private key
   * @param clientAuthority certificates that sign those of clients; empty if none are verified
   * @param allowedSans subject alternative names that a client's certificate may have; empty for
   *     all
   * @param protocols as Java names them, at least one
   * @param ciphers as Java names them; empty for Java's choice
   * @param preferServerCiphers whether the order of {@code ciphers} counts, not the client's
   * @param curves as Java names them; empty for Java's choice
   */
  public record Tls(
      Pem certificate,
      Pem key,
      Optional<Pem> clientAuthority,
      ClientAuth clientAuth,
      List<String> allowedSans,
      List<String> protocols,
      List<String> ciphers,
      boolean preferServerCiphers,
      List<String> curves) {

    /** Copies the lists. */
    public Tls {
      allowedSans = List.copyOf(allowedSans);
      protocols = List.copyOf(protocols);
      ciphers = List.copyOf(ciphers);
      curves = List.copyOf(curves);
    }
  }

  /** A text in PEM, in a file or in the configuration itself. */
  public sealed interface Pem {
    /** In a file, which is read again when it changes. */
    record File(Path path) implements Pem {}

    /** In the configuration. */
    record Inline(String text) implements Pem {
      /** Keeps what may be a key out of logs. */
      @Override
      public String toString() {
        return "Inline[…]";
      }
    }
  }
}
