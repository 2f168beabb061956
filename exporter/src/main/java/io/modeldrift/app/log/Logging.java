package io.modeldrift.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.modeldrift.config.LogSettings;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Sets up the log on standard error. Thread-safe. */
public final class Logging {

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %level %logger{0} - %msg%n";

  private static final RepeatedLines REPEATED = new RepeatedLines(System::nanoTime);

  private Logging() {}

  /** Writes lines from now on as the settings say. */
  public static void use(LogSettings settings) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      use(settings, context);
    }
  }

  /** Returns how many lines were left out since the start because they repeated others. */
  public static long suppressed() {
    return REPEATED.suppressed();
  }

  /** Returns how many errors and warnings there were since the start, by level. */
  public static Map<String, Long> graveLines() {
    return REPEATED.graveLines();
  }

  /**
   * Never resets the log, which would let everything through for a moment: what the server says to
   * those who look for its bugs quotes payloads.
   */
  static synchronized void use(LogSettings settings, LoggerContext context) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(settings.level().name()));
    for (String quoting : new String[] {"org.eclipse.jetty", "io.javalin"}) {
      context.getLogger(quoting).setLevel(Level.WARN);
    }
    if (!context.getTurboFilterList().contains(REPEATED)) {
      context.addTurboFilter(REPEATED);
    }
    String name = settings.format().name();
    if (root.getAppender(name) == null) {
      root.detachAndStopAllAppenders();
      root.addAppender(console(name, encoder(settings.format(), context), context));
    }
  }

  private static ConsoleAppender<ILoggingEvent> console(
      String name, Encoder<ILoggingEvent> encoder, LoggerContext context) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setName(name);
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    return console;
  }

  private static Encoder<ILoggingEvent> encoder(LogSettings.Format format, LoggerContext context) {
    if (format == LogSettings.Format.JSON) {
      JsonEncoder json = new JsonEncoder();
      json.setContext(context);
      json.setWithSequenceNumber(false);
      json.setWithNanoseconds(false);
      json.setWithContext(false);
      json.setWithMarkers(false);
      json.setWithMDC(false);
      json.setWithKVPList(false);
      json.setWithMessage(false);
      json.setWithArguments(false);
      json.setWithFormattedMessage(true);
      json.start();
      return json;
    }
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setContext(context);
    text.setPattern(PATTERN);
    text.start();
    return text;
  }
}
