package io.modeldrift.app.web;

import io.modeldrift.config.ConfigException;
import io.modeldrift.config.WebConfig;
import io.modeldrift.config.WebConfigReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who gets in at one address, and with which certificate it speaks: read at the start and again
 * whenever a file has changed. What cannot be used leaves the old state in force.
 *
 * <p>Thread-safe.
 */
final class AddressAccess {

  private static final Logger LOG = LoggerFactory.getLogger(AddressAccess.class);

  private static final String CURVES = "jdk.tls.namedGroups";

  private final Optional<Path> file;
  private final List<Path> tokenFiles;
  private final Optional<SslContextFactory.Server> tls;
  private volatile Current current;
  private volatile boolean successful = true;
  private String lastComplaint = "";

  /** What is in force, from one reading of all files. */
  record Current(
      WebConfig config,
      Optional<TlsFiles> tls,
      Users users,
      Tokens tokens,
      Optional<RateLimit> rate) {

    boolean saysTheSame(WebConfig otherConfig, Optional<TlsFiles> otherTls, Tokens otherTokens) {
      return config.equals(otherConfig) && tls.equals(otherTls) && tokens.equals(otherTokens);
    }
  }

  /**
   * Reads the files.
   *
   * @throws WebConfigException if anything is wrong with them
   */
  AddressAccess(Optional<Path> file, List<Path> tokenFiles) {
    this.file = file;
    this.tokenFiles = tokenFiles;
    try {
      WebConfig config = config();
      Optional<TlsFiles> texts = texts(config);
      this.current =
          new Current(
              config, texts, new Users(config.users()), Tokens.read(tokenFiles), rate(config));
      this.tls = texts.isPresent() ? Optional.of(factory(texts.get())) : Optional.empty();
    } catch (ConfigException e) {
      throw new WebConfigException(where(), e.problems());
    } catch (IOException | GeneralSecurityException e) {
      throw new WebConfigException(where(), List.of(explanation(e)));
    }
  }

  Current current() {
    return current;
  }

  /** Returns the source of TLS contexts for new connections; empty for plain HTTP. */
  Optional<SslContextFactory.Server> tls() {
    return tls;
  }

  /** Returns whether the last reading took effect or found nothing new. */
  boolean isSuccessful() {
    return successful;
  }

  /** Reads the files again and uses what they say from now on, if they can be used. */
  synchronized boolean refresh() {
    try {
      WebConfig config = config();
      Optional<TlsFiles> texts = texts(config);
      Tokens tokens = Tokens.read(tokenFiles);
      if (!current.saysTheSame(config, texts, tokens)) {
        use(config, texts, tokens);
        LOG.info("using the changed access files of {}", where());
      }
      successful = true;
      lastComplaint = "";
    } catch (ConfigException e) {
      complain(String.join("; ", e.problems()));
    } catch (Exception e) {
      complain(explanation(e));
    }
    return successful;
  }

  private void use(WebConfig config, Optional<TlsFiles> texts, Tokens tokens) throws Exception {
    if (texts.isPresent() != tls.isPresent() || config.http2() != current.config().http2()) {
      throw new GeneralSecurityException("switching TLS or HTTP/2 on or off needs a restart");
    }
    Users users =
        config.users().equals(current.config().users())
            ? current.users()
            : new Users(config.users());
    if (tls.isPresent() && !texts.equals(current.tls())) {
      SSLContext context = texts.get().context();
      SslContextFactory.Server server = tls.get();
      server.reload(same -> configure(server, texts.get().settings(), context));
    }
    Optional<RateLimit> rate =
        config.rate().equals(current.config().rate()) ? current.rate() : rate(config);
    current = new Current(config, texts, users, tokens, rate);
  }

  private static Optional<RateLimit> rate(WebConfig config) {
    return config
        .rate()
        .map(rate -> new RateLimit(rate.interval().toNanos(), rate.burst(), System::nanoTime));
  }

  private void complain(String complaint) {
    successful = false;
    if (!complaint.equals(lastComplaint)) {
      lastComplaint = complaint;
      LOG.error("keeping the old access settings, the changed files cannot be used: {}", complaint);
    }
  }

  private WebConfig config() throws ConfigException {
    return file.isPresent() ? WebConfigReader.read(file.get(), ciphers()) : WebConfig.open();
  }

  private static Optional<TlsFiles> texts(WebConfig config) throws IOException {
    return config.tls().isPresent()
        ? Optional.of(TlsFiles.read(config.tls().get()))
        : Optional.empty();
  }

  private String where() {
    return file.map(Path::toString).orElse("access.api_token_files");
  }

  private static String explanation(Exception e) {
    String message = String.valueOf(e.getMessage());
    return e instanceof NoSuchFileException ? message + ": no such file" : message;
  }

  private static SslContextFactory.Server factory(TlsFiles texts)
      throws GeneralSecurityException, IOException {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSniRequired(false);
    useCurves(texts.settings().curves());
    configure(factory, texts.settings(), texts.context());
    return factory;
  }

  /** Java knows them for the whole process only, and reads them before the first connection. */
  private static void useCurves(List<String> curves) {
    if (!curves.isEmpty() && System.getProperty(CURVES) == null) {
      System.setProperty(CURVES, String.join(",", curves));
    }
  }

  private static void configure(
      SslContextFactory.Server factory, WebConfig.Tls settings, SSLContext context) {
    factory.setSslContext(context);
    factory.setExcludeProtocols();
    factory.setIncludeProtocols(settings.protocols().toArray(new String[0]));
    if (!settings.ciphers().isEmpty()) {
      factory.setExcludeCipherSuites();
      factory.setIncludeCipherSuites(settings.ciphers().toArray(new String[0]));
    }
    factory.setUseCipherSuitesOrder(settings.preferServerCiphers());
    factory.setRenegotiationAllowed(false);
    factory.setNeedClientAuth(settings.clientAuth().isRequired());
    factory.setWantClientAuth(
        !settings.clientAuth().isRequired()
            && settings.clientAuth() != WebConfig.ClientAuth.NO_CLIENT_CERT);
  }

  static Set<String> ciphers() {
    try {
      return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }
}
