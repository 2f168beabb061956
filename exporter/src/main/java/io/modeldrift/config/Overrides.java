package io.modeldrift.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Values that take the place of what the file says: flags first, then the environment.
 *
 * <p>A key {@code ingest.queue_size} is the flag {@code --set ingest.queue_size=…} and the variable
 * {@code MODEL_DRIFT_INGEST_QUEUE_SIZE}.
 */
public final class Overrides {

  private static final String PREFIX = "MODEL_DRIFT_";

  /**
   * What Kubernetes adds for every Service of the namespace: MODEL_DRIFT_EXPORTER_SERVICE_HOST,
   * MODEL_DRIFT_EXPORTER_PORT_10193_TCP_ADDR and the like for one named model-drift-exporter.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          ".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

  private final Map<String, String> flags;
  private final Map<String, String> variables = new TreeMap<>();
  private final Set<String> used = new HashSet<>();

  /**
   * Takes values by path and the environment.
   *
   * @param environment variables that do not start with {@code MODEL_DRIFT_} are left alone
   */
  public Overrides(Map<String, String> flags, Map<String, String> environment) {
    this.flags = new HashMap<>(flags);
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            variables.put(name, value);
          }
        });
  }

  /** Returns no overrides at all. */
  public static Overrides none() {
    return new Overrides(Map.of(), Map.of());
  }

  private static String variable(String path) {
    return PREFIX + path.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** Returns the value that takes the place of a key's, and remembers that the key exists. */
  Optional<String> find(String path) {
    String variable = variable(path);
    used.add(path);
    used.add(variable);
    return Optional.ofNullable(flags.getOrDefault(path, variables.get(variable)));
  }

  /** Reports every flag and variable that no key asked for, unless it announces a Service. */
  void reportUnused(Problems problems) {
    flags.keySet().stream()
        .filter(path -> !used.contains(path))
        .sorted()
        .forEach(path -> problems.add("--set " + path, "unknown key"));
    variables.keySet().stream()
        .filter(name -> !used.contains(name) && !SERVICE_LINK.matcher(name).matches())
        .forEach(name -> problems.add("environment variable " + name, "unknown key"));
  }
}
