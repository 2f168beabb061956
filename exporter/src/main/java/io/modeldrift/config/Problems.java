package io.modeldrift.config;

import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a configuration, in the order in which it was found. */
final class Problems {

  private final List<String> lines = new ArrayList<>();

  void add(String path, String message) {
    lines.add(path.isEmpty() ? message : path + ": " + message);
  }

  void throwIfAny() throws ConfigException {
    if (!lines.isEmpty()) {
      throw new ConfigException(lines);
    }
  }
}
