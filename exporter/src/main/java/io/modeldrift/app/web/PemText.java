package io.modeldrift.app.web;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as PEM writes them. Messages never quote the text. */
final class PemText {

  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC |ENCRYPTED )?)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private PemText() {}

  /**
   * Returns the certificates of a text, in order.
   *
   * @throws GeneralSecurityException if there is none, or one cannot be read
   */
  static X509Certificate[] certificates(String text) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    int start = text.indexOf("-----BEGIN CERTIFICATE-----");
    if (start < 0) {
      throw new CertificateException("no certificate in it");
    }
    byte[] bytes = text.substring(start).getBytes(StandardCharsets.US_ASCII);
    return factory.generateCertificates(new ByteArrayInputStream(bytes)).stream()
        .map(Certificate.class::cast)
        .map(X509Certificate.class::cast)
        .toArray(X509Certificate[]::new);
  }

  /**
   * Returns the private key of a text: PKCS#8, or the older forms for RSA and elliptic curves.
   *
   * @throws GeneralSecurityException if there is none, or it cannot be read
   */
  static PrivateKey key(String text) throws GeneralSecurityException {
    Matcher matcher = KEY.matcher(text);
    if (!matcher.find()) {
      throw new InvalidKeySpecException("no private key in it");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(matcher.group(2));
      return switch (matcher.group(1).strip()) {
        case "RSA" -> pkcs8(Der.pkcs8OfRsa(der));
        case "EC" -> pkcs8(Der.pkcs8OfEc(der));
        case "ENCRYPTED" -> throw new InvalidKeySpecException("the private key is encrypted");
        default -> pkcs8(der);
      };
    } catch (IllegalArgumentException e) {
      throw new InvalidKeySpecException("the private key is damaged");
    }
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // of another algorithm
      }
    }
    throw new InvalidKeySpecException("the private key is neither RSA, EC nor Ed25519");
  }
}
