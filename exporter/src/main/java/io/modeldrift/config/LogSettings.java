package io.modeldrift.config;

import java.util.Locale;

/** How the log is written, and from which level on. */
public record LogSettings(Format format, Level level) {

  /** The form of a line. */
  public enum Format {
    TEXT,
    /** One JSON object a line. */
    JSON
  }

  /** How grave a line is at least. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    /** Returns the word of the configuration. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns lines of text, from information on. */
  public static LogSettings defaults() {
    return new LogSettings(Format.TEXT, Level.INFO);
  }
}
