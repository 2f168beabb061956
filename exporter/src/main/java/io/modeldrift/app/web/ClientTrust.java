package io.modeldrift.app.web;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Says which certificates of clients are good: those that an authority signed, if there is one, and
 * of these, those with an allowed name, if names are given.
 */
final class ClientTrust extends X509ExtendedTrustManager {

  private final @Nullable X509ExtendedTrustManager authority;
  private final List<String> allowedSans;

  /** Takes the authority; without one, any certificate is good. */
  ClientTrust(@Nullable X509ExtendedTrustManager authority, List<String> allowedSans) {
    this.authority = authority;
    this.allowedSans = allowedSans;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    if (authority != null) {
      authority.checkClientTrusted(chain, type);
    }
    checkName(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authority == null ? new X509Certificate[0] : authority.getAcceptedIssuers();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this is a server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  private void checkName(X509Certificate[] chain) throws CertificateException {
    if (allowedSans.isEmpty()) {
      return;
    }
    Collection<List<?>> names = chain[0].getSubjectAlternativeNames();
    if (names == null || names.stream().noneMatch(name -> allowedSans.contains(name.get(1)))) {
      throw new CertificateException("no name of the certificate is allowed");
    }
  }

  /** Returns a store of the authority's certificates. */
  static KeyStore store(X509Certificate[] certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < certificates.length; i++) {
      store.setCertificateEntry("ca" + i, certificates[i]);
    }
    return store;
  }
}
