package io.modeldrift.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port.
 *
 * @param host empty for all addresses of the machine
 * @param port 0 for any free port
 */
public record ListenAddress(String host, int port) {

  /** The port that Prometheus' list of exporters keeps free for this one. */
  public static final int DEFAULT_PORT = 10193;

  private static final Pattern TEXT =
      Pattern.compile("(|[^:\\[\\]]+|\\[[0-9a-fA-F:.]+]):(\\d{1,5})");

  /** Returns all addresses at the default port. */
  public static ListenAddress defaults() {
    return new ListenAddress("", DEFAULT_PORT);
  }

  /** Returns the address of a text such as {@code :10193} or {@code 127.0.0.1:10193}. */
  public static Optional<ListenAddress> parse(String text) {
    Matcher matcher = TEXT.matcher(text.trim());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(2));
    String host = matcher.group(1).replace("[", "").replace("]", "");
    return port > 65_535 ? Optional.empty() : Optional.of(new ListenAddress(host, port));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
