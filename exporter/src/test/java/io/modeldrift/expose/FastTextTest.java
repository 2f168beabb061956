package io.modeldrift.expose;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written fast is what the library writes. */
class FastTextTest {

  private static final Family COUNTER = Family.counter("rows", "Rows \\ seen.\nAll of them.");
  private static final Family GAUGE = Family.gauge("score_ratio", "A score.");
  private static final Family STATES = Family.stateSet("state", "The state.");
  private static final Family SUMMARY = Family.summary("took_seconds", "Time.");

  private static final List<Double> NUMBERS =
      List.of(
          0.0,
          -0.0,
          1.0,
          -1.0,
          9.0,
          10.0,
          99.0,
          100.0,
          12345.0,
          9_999_999.0,
          1e7,
          123456789.0,
          1e15,
          1e300,
          0.1,
          0.5,
          1e-3,
          1e-4,
          1.0 / 3,
          -2.5,
          4.9e-324,
          9_999_999.5,
          -12345.0);

  private final SeriesBuffer buffer = new SeriesBuffer();

  static Stream<ExpositionFormatWriter> writers() {
    ExpositionFormats formats = ExpositionFormats.init();
    return Stream.of(
        formats.getPrometheusTextFormatWriter(), formats.getOpenMetricsTextFormatWriter());
  }

  @ParameterizedTest
  @MethodSource("writers")
  void largeFamilies_areWrittenAsByTheLibrary(ExpositionFormatWriter writer) throws IOException {
    List<String> texts =
        List.of("plain", "", "a \"quote\"", "back\\slash", "new\nline", "zwölf", "語\"\\", "😀");
    for (int i = 0; i < NUMBERS.size(); i++) {
      Labels labels = Labels.of("feature", i + " " + texts.get(i % texts.size()), "role", "input");
      buffer.gauge(GAUGE, labels, NUMBERS.get(i));
      buffer.count(COUNTER, labels, Math.abs(NUMBERS.get(i).longValue()), Instant.EPOCH);
      buffer.state(STATES, labels, new String[] {"stable", "drifted"}, i % 2);
    }
    buffer.summary(SUMMARY, Labels.EMPTY, 3, 0.25);

    MetricSnapshots snapshots = buffer.snapshots(new LastingFamilies());
    assertThat(fast(writer, snapshots)).isEqualTo(library(writer, snapshots));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void wholeScrape_isWrittenAsByTheLibrary(ExpositionFormatWriter writer) throws IOException {
    FakeState state = new FakeState();
    state.evaluate(Models.everything(), Models.learning());
    MetricSnapshots families = new StateMetrics(state).collect(StateMetrics.Scope.ALL);

    assertThat(fast(writer, families))
        .isEqualTo(library(writer, families))
        .hasSizeGreaterThan(9000);
  }

  @ParameterizedTest
  @MethodSource("writers")
  void nothing_isWrittenAsByTheLibrary(ExpositionFormatWriter writer) throws IOException {
    MetricSnapshots none = new MetricSnapshots(List.of());

    assertThat(fast(writer, none)).isEqualTo(library(writer, none));
  }

  private static String fast(ExpositionFormatWriter writer, MetricSnapshots families)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FastText.write(new ScrapeFormat(writer, EscapingScheme.UNDERSCORE_ESCAPING), families, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String library(ExpositionFormatWriter writer, MetricSnapshots families)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, families, EscapingScheme.UNDERSCORE_ESCAPING);
    return out.toString(StandardCharsets.UTF_8);
  }
}
