package io.modeldrift.app.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Names and bcrypt hashes of those who may come in.
 *
 * <p>bcrypt is slow on purpose: what it found is remembered, a few good and a few bad answers apart
 * from each other, so that a flood of wrong passwords does not push out the good ones; and one
 * check runs at a time, so that the flood costs one processor at most. An unknown name takes as
 * long as a wrong password. Thread-safe.
 */
final class Users {

  /** What came of a check. */
  enum Answer {
    RIGHT,
    WRONG,
    /** Too many others wait for a check. */
    BUSY
  }

  private static final int REMEMBERED = 100;
  private static final int MAX_WAITING = 4;
  private static final long PATIENCE_MILLIS = 2_000;
  private static final int MAX_PASSWORD_CHARS = 1_024;

  private final Map<String, String> hashes;
  private final String anyHash;
  private final Map<ByteBuffer, Boolean> right = recent();
  private final Map<ByteBuffer, Boolean> wrong = recent();
  private final Semaphore check = new Semaphore(1);
  private final BCrypt.Verifyer verifyer =
      BCrypt.verifyer(
          BCrypt.Version.VERSION_2A, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A));

  Users(Map<String, String> hashes) {
    this.hashes = Map.copyOf(hashes);
    this.anyHash = hashes.values().stream().sorted().findFirst().orElse("");
  }

  boolean isEmpty() {
    return hashes.isEmpty();
  }

  Answer check(String name, String password) {
    if (password.length() > MAX_PASSWORD_CHARS || name.length() > MAX_PASSWORD_CHARS) {
      return Answer.WRONG;
    }
    String hash = hashes.get(name);
    ByteBuffer question = digest(name, hash == null ? anyHash : hash, password);
    if (remembers(right, question)) {
      return Answer.RIGHT;
    }
    if (remembers(wrong, question)) {
      return Answer.WRONG;
    }
    return checkSlowly(hash, password, question);
  }

  private Answer checkSlowly(@Nullable String hash, String password, ByteBuffer question) {
    try {
      if (check.getQueueLength() >= MAX_WAITING
          || !check.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        return Answer.BUSY;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.BUSY;
    }
    try {
      byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
      byte[] compared = (hash == null ? anyHash : hash).getBytes(StandardCharsets.US_ASCII);
      boolean matches = verifyer.verify(bytes, compared).verified && hash != null;
      remember(matches ? right : wrong, question);
      return matches ? Answer.RIGHT : Answer.WRONG;
    } finally {
      check.release();
    }
  }

  private static boolean remembers(Map<ByteBuffer, Boolean> answers, ByteBuffer question) {
    synchronized (answers) {
      return answers.get(question) != null;
    }
  }

  private static void remember(Map<ByteBuffer, Boolean> answers, ByteBuffer question) {
    synchronized (answers) {
      answers.put(question, true);
    }
  }

  /** What is remembered is a hash: the password itself is not kept. */
  private static ByteBuffer digest(String name, String hash, String password) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : new String[] {name, hash, password}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        sha.update(bytes);
      }
      return ByteBuffer.wrap(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Map<ByteBuffer, Boolean> recent() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
