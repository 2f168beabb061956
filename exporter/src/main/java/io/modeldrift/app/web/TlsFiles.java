package io.modeldrift.app.web;

import io.modeldrift.config.WebConfig;
import io.modeldrift.config.WebConfig.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The texts of certificates and keys, read at one moment, and what TLS makes of them. */
record TlsFiles(WebConfig.Tls settings, String certificate, String key, String authority) {

  private static final char[] NO_PASSWORD = {};

  /**
   * Reads the files.
   *
   * @throws IOException if one cannot be read; the message names it
   */
  static TlsFiles read(WebConfig.Tls settings) throws IOException {
    Pem authority = settings.clientAuthority().orElse(new Pem.Inline(""));
    return new TlsFiles(
        settings, text(settings.certificate()), text(settings.key()), text(authority));
  }

  /**
   * Returns a context for new connections.
   *
   * @throws GeneralSecurityException if a text is not what it should be, or key and certificate do
   *     not belong together
   */
  SSLContext context() throws GeneralSecurityException, IOException {
    X509Certificate[] chain = named("certificate", () -> PemText.certificates(certificate));
    PrivateKey privateKey = named("key", () -> PemText.key(key));
    KeyPairCheck.check(privateKey, chain[0].getPublicKey());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", privateKey, NO_PASSWORD, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        keys.getKeyManagers(),
        new TrustManager[] {new ClientTrust(trusted(), settings.allowedSans())},
        null);
    return context;
  }

  private @Nullable X509ExtendedTrustManager trusted()
      throws GeneralSecurityException, IOException {
    if (!settings.clientAuth().isVerified()) {
      return null;
    }
    X509Certificate[] certificates = named("client_ca", () -> PemText.certificates(authority));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(ClientTrust.store(certificates));
    return (X509ExtendedTrustManager) trust.getTrustManagers()[0];
  }

  private interface Reading<T> {
    T get() throws GeneralSecurityException;
  }

  private static <T> T named(String what, Reading<T> reading) throws GeneralSecurityException {
    try {
      return reading.get();
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException(what + ": " + e.getMessage(), e);
    }
  }

  private static String text(Pem pem) throws IOException {
    if (pem instanceof Pem.Inline inline) {
      return inline.text();
    }
    return Files.readString(((Pem.File) pem).path());
  }

  /** Keeps the key out of logs. */
  @Override
  public String toString() {
    return "TlsFiles[…]";
  }
}
