package io.modeldrift.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.modeldrift.config.LogSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoggingTest {

  private final AtomicLong nanos = new AtomicLong();
  private final RepeatedLines repeated = new RepeatedLines(nanos::get);

  private interface Talk {
    void with(Logger logger);
  }

  /** Returns the lines that a fresh log writes. */
  private List<String> lines(LogSettings settings, Talk talk) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    try {
      Logging.use(settings, context);
      context.resetTurboFilterList();
      context.addTurboFilter(repeated);
      talk.with(context.getLogger("io.modeldrift.Test"));
    } finally {
      context.stop();
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void text_isALineWithTimeLevelAndPlace() {
    assertThat(lines(LogSettings.defaults(), log -> log.info("taken {}", 7)))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+\\S+ INFO Test - taken 7"));
  }

  @Test
  void json_isAnObjectALine() {
    LogSettings json = new LogSettings(LogSettings.Format.JSON, LogSettings.Level.INFO);
    List<String> lines = lines(json, log -> log.warn("a \"quoted\"\nword {}", 7));

    assertThat(lines).hasSize(1);
    JsonNode line = JsonMapper.shared().readTree(lines.get(0));
    assertThat(line.get("level").asString()).isEqualTo("WARN");
    assertThat(line.get("loggerName").asString()).isEqualTo("io.modeldrift.Test");
    assertThat(line.get("formattedMessage").asString()).isEqualTo("a \"quoted\"\nword 7");
    assertThat(line.get("timestamp").asLong()).isPositive();
  }

  @Test
  void level_isThatOfTheSettings() {
    LogSettings errors = new LogSettings(LogSettings.Format.TEXT, LogSettings.Level.ERROR);
    assertThat(lines(errors, log -> log.warn("no"))).isEmpty();
  }

  @Test
  void repeatedLine_isWrittenTenTimesAMinute_andTheRestIsCounted() {
    List<String> lines =
        lines(
            LogSettings.defaults(),
            log -> {
              for (int i = 0; i < 1_000; i++) {
                log.error("payload {} is bad", i);
              }
              log.error("something else");
              nanos.addAndGet(Duration.ofMinutes(1).toNanos());
              log.error("payload {} is bad", 1_000);
            });

    assertThat(lines).hasSize(13);
    assertThat(lines.get(10)).contains("something else");
    assertThat(lines.get(11)).contains("990 lines like the next one were left out");
    assertThat(lines.get(12)).contains("payload 1000 is bad");
    assertThat(repeated.suppressed()).isEqualTo(990);
  }

  @Test
  void errorsAndWarnings_areCounted_writtenOrNot() {
    LogSettings errors = new LogSettings(LogSettings.Format.TEXT, LogSettings.Level.ERROR);
    lines(
        errors,
        log -> {
          for (int i = 0; i < 30; i++) {
            log.error("payload {} is bad", i);
          }
          log.warn("look");
          log.info("fine");
        });

    assertThat(repeated.graveLines()).isEqualTo(Map.of("error", 30L, "warn", 1L));
  }

  @Test
  void manyDifferentLines_takeNoMoreMemory() {
    lines(
        LogSettings.defaults(),
        log -> {
          for (int i = 0; i < 2_000; i++) {
            log.debug("not even looked at " + i);
          }
        });
    assertThat(repeated.suppressed()).isZero();
  }

  @Test
  void changedSettings_neverLetTheServersOwnLinesThrough() {
    LogSettings debug = new LogSettings(LogSettings.Format.JSON, LogSettings.Level.DEBUG);
    List<String> lines =
        lines(
            LogSettings.defaults(),
            log -> {
              LoggerContext context = log.getLoggerContext();
              Logger server = context.getLogger("org.eclipse.jetty.server");
              Thread quoting =
                  new Thread(
                      () -> {
                        while (!Thread.currentThread().isInterrupted()) {
                          server.debug("a payload");
                        }
                      });
              quoting.start();
              for (int i = 0; i < 200; i++) {
                Logging.use(i % 2 == 0 ? debug : LogSettings.defaults(), context);
              }
              quoting.interrupt();
            });
    assertThat(lines).isEmpty();
  }
}
