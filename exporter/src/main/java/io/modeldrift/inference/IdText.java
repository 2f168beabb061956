package io.modeldrift.inference;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids as they are kept: those of requests, rows and outcomes wait for each other by the thousand,
 * and a sender may make each of them as long as a body.
 */
public final class IdText {

  /** The longest id, in chars, that is kept as it is. */
  public static final int MAX_CHARS = 256;

  private IdText() {}

  /**
   * Returns an id of at most {@value #MAX_CHARS} chars: a longer one is replaced by its SHA-256, so
   * that equal ids still meet. Takes time proportional to the length of a longer one.
   */
  public static String bounded(String id) {
    return id.length() <= MAX_CHARS ? id : "sha256:" + HexFormat.of().formatHex(sha256(id));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
