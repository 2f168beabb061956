package io.modeldrift.app.web;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Puts private keys of the older kinds into PKCS#8, the one that Java reads.
 *
 * <p>Sources: RFC 8017 (RSA), RFC 5915 (elliptic curves), RFC 5958 (PKCS#8).
 */
final class Der {

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int PARAMETERS = 0xA0;
  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final byte[] RSA = {
    0x30, 0x0D, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 5, 0
  };
  private static final byte[] EC = {6, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};

  private Der() {}

  static byte[] pkcs8OfRsa(byte[] key) {
    return element(SEQUENCE, concat(VERSION_0, RSA, element(OCTET_STRING, key)));
  }

  /**
   * Wraps a key on an elliptic curve.
   *
   * @throws IllegalArgumentException if the key does not name its curve
   */
  static byte[] pkcs8OfEc(byte[] key) {
    byte[] algorithm = element(SEQUENCE, concat(EC, curve(key)));
    return element(SEQUENCE, concat(VERSION_0, algorithm, element(OCTET_STRING, key)));
  }

  /** Returns what stands below the tag of the parameters: the name of the curve. */
  private static byte[] curve(byte[] key) {
    int at = content(key, 0);
    while (at + 1 < key.length) {
      int content = content(key, at);
      int length = length(key, at);
      if (content + length > key.length) {
        break;
      }
      if ((key[at] & 0xFF) == PARAMETERS) {
        return Arrays.copyOfRange(key, content, content + length);
      }
      at = content + length;
    }
    throw new IllegalArgumentException("the key does not name its curve");
  }

  private static int content(byte[] der, int at) {
    return at + 2 + (isLong(der, at) ? der[at + 1] & 0x7F : 0);
  }

  private static boolean isLong(byte[] der, int at) {
    if (at + 1 >= der.length) {
      throw new IllegalArgumentException("the key ends too early");
    }
    return (der[at + 1] & 0x80) != 0;
  }

  private static int length(byte[] der, int at) {
    if (!isLong(der, at)) {
      return der[at + 1];
    }
    int length = 0;
    for (int i = at + 2; i < content(der, at); i++) {
      if (i >= der.length || length > 0xFFFF) {
        throw new IllegalArgumentException("the key ends too early");
      }
      length = (length << 8) | (der[i] & 0xFF);
    }
    return length;
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      // Two bytes hold the length of every key.
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
