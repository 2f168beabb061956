package io.modeldrift.app.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens that open {@code /api/…}.
 *
 * <p>Immutable and thread-safe; compares in a time that tells nothing about them.
 */
record Tokens(List<String> all) {

  static final int FEWEST_CHARS = 16;

  Tokens {
    all = List.copyOf(all);
  }

  /**
   * Reads files with one token a line; empty lines and lines with {@code #} in front do not count.
   *
   * @throws IOException if a file cannot be read, has no token, or one that is too short
   */
  static Tokens read(List<Path> files) throws IOException {
    List<String> tokens = new ArrayList<>();
    for (Path file : files) {
      List<String> lines =
          Files.readAllLines(file).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList();
      if (lines.isEmpty() || lines.stream().anyMatch(line -> line.length() < FEWEST_CHARS)) {
        throw new IOException(
            file + ": needs a token a line, each of at least " + FEWEST_CHARS + " characters");
      }
      tokens.addAll(lines);
    }
    return new Tokens(tokens);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  boolean contains(String token) {
    byte[] offered = token.getBytes(StandardCharsets.UTF_8);
    boolean found = false;
    for (String known : all) {
      found |= MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), offered);
    }
    return found;
  }

  /** Keeps the tokens out of logs. */
  @Override
  public String toString() {
    return all.size() + " tokens";
  }
}
