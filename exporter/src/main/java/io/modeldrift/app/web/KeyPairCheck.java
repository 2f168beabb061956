package io.modeldrift.app.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Finds out that a key belongs to another certificate before clients do. */
final class KeyPairCheck {

  private static final byte[] TEXT = "belongs together".getBytes(StandardCharsets.US_ASCII);

  private KeyPairCheck() {}

  static void check(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certified.getAlgorithm()) || !verifies(key, certified)) {
      throw new InvalidKeyException("the key does not belong to the certificate");
    }
  }

  private static boolean verifies(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            switch (key.getAlgorithm()) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> key.getAlgorithm();
            });
    signature.initSign(key);
    signature.update(TEXT);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(TEXT);
    return signature.verify(signed);
  }
}
