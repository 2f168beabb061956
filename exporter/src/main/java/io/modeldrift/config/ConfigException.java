package io.modeldrift.config;

import java.util.List;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1;

  private final List<String> problems;

  /** Takes one line per mistake: path of the key, what was found, what is allowed. */
  public ConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns one line per mistake. */
  public List<String> problems() {
    return problems;
  }
}
