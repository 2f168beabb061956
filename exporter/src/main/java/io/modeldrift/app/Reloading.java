package io.modeldrift.app;

import io.modeldrift.config.ExporterSettings;
import io.modeldrift.expose.ExporterFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again when it is asked to, and keeps the old one if the new one is wrong.
 *
 * <p>Thread-safe: one reading at a time.
 */
final class Reloading {

  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  private final Source source;
  private final InstantSource time;
  private final Consumer<ExporterSettings> whenRead;
  private volatile ExporterFacts.Reload facts;

  /** Where settings come from. */
  @FunctionalInterface
  interface Source {
    /**
     * Reads all of it.
     *
     * @throws CommandException with everything that is wrong
     */
    ExporterSettings read();
  }

  /**
   * Starts with a configuration that has just taken effect.
   *
   * @param whenRead makes a configuration take effect
   */
  Reloading(Source source, InstantSource time, Consumer<ExporterSettings> whenRead) {
    this.source = source;
    this.time = time;
    this.whenRead = whenRead;
    Instant now = time.instant();
    this.facts = new ExporterFacts.Reload(true, now);
  }

  /** Reads again; returns what is wrong, or nothing if the new configuration has taken effect. */
  synchronized Optional<String> reload() {
    try {
      whenRead.accept(source.read());
      facts = new ExporterFacts.Reload(true, time.instant());
      LOG.info("the configuration has been read again and is in force");
      return Optional.empty();
    } catch (CommandException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException bug) {
      LOG.error("bug while reading the configuration again", bug);
      return failed("the exporter failed, see its log");
    }
  }

  ExporterFacts.Reload facts() {
    return facts;
  }

  private Optional<String> failed(String complaint) {
    facts = new ExporterFacts.Reload(false, facts.lastSuccess());
    LOG.error("keeping the old configuration: {}", complaint);
    return Optional.of(complaint);
  }
}
