package io.modeldrift.expose;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.expose.StateMetrics.Scope;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeflatedFamiliesTest {

  private final FakeState state = new FakeState();
  private final StateMetrics metrics = new StateMetrics(state);
  private final DeflatedFamilies deflated = new DeflatedFamilies(metrics.lasting());

  static Stream<ScrapeFormat> formats() {
    ExpositionFormats formats = ExpositionFormats.init();
    return Stream.of(
            formats.getPrometheusTextFormatWriter(), formats.getOpenMetricsTextFormatWriter())
        .map(writer -> new ScrapeFormat(writer, EscapingScheme.UNDERSCORE_ESCAPING));
  }

  @BeforeEach
  void evaluated() {
    state.evaluate(Models.everything());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void compressedScrape_isThePlainOne_beforeAndAfterEvaluations(ScrapeFormat format)
      throws IOException {
    for (int round = 0; round < 3; round++) {
      String plain = plain(format);

      assertThat(compressed(format)).isEqualTo(plain).hasSizeGreaterThan(9_000);
      assertThat(compressed(format)).isEqualTo(plain);
      deflated.prepare(() -> metrics.collect(Scope.LASTING));
      state.evaluate(round == 0 ? Models.flights() : Models.everything());
    }
  }

  @Test
  void families_lastUntilTheNextEvaluation() {
    List<MetricSnapshot> first = lasting(metrics.collect(Scope.ALL));
    List<MetricSnapshot> again = lasting(metrics.collect(Scope.ALL));
    state.evaluate(Models.everything());
    List<MetricSnapshot> evaluated = lasting(metrics.collect(Scope.ALL));

    assertThat(first).extracting(DeflatedFamiliesTest::name).contains("model_feature_drift_score");
    assertThat(first)
        .extracting(DeflatedFamiliesTest::name)
        .doesNotContain("model_feature_values", "model_inferences");
    assertThat(again).usingElementComparator(DeflatedFamiliesTest::identity).isEqualTo(first);
    assertThat(evaluated)
        .usingElementComparator(DeflatedFamiliesTest::identity)
        .isNotEqualTo(first)
        .hasSameSizeAs(first);
  }

  @Test
  void preparedFamily_isNotWrittenAgainByTheScrape() throws IOException {
    AtomicInteger written = new AtomicInteger();
    ScrapeFormat format = counting(formats().findFirst().orElseThrow(), written);
    compressed(format);
    state.evaluate(Models.everything());

    int before = written.get();
    deflated.prepare(() -> metrics.collect(Scope.LASTING));
    int prepared = written.get() - before;
    compressed(format);
    int scraped = written.get() - before - prepared;
    compressed(format);
    int scrapedAgain = written.get() - before - prepared - scraped;

    assertThat(prepared).isPositive();
    assertThat(scraped).isEqualTo(scrapedAgain);
  }

  @Test
  void whatNobodyAskedFor_isNotEvenCollected() throws IOException {
    deflated.prepare(
        () -> {
          throw new AssertionError("nobody asked");
        });

    compressed(formats().findFirst().orElseThrow());
    AtomicInteger collected = new AtomicInteger();
    for (int evaluation = 0; evaluation < 3; evaluation++) {
      deflated.prepare(
          () -> {
            collected.incrementAndGet();
            return metrics.collect(Scope.LASTING);
          });
    }
    assertThat(collected).hasValue(1);
  }

  private static ScrapeFormat counting(ScrapeFormat format, AtomicInteger written) {
    ExpositionFormatWriter writer =
        new ExpositionFormatWriter() {
          @Override
          public void write(OutputStream out, MetricSnapshots families, EscapingScheme scheme)
              throws IOException {
            written.incrementAndGet();
            format.writer().write(out, families, scheme);
          }

          @Override
          public String getContentType() {
            return format.writer().getContentType();
          }

          @Override
          public boolean accepts(@Nullable String header) {
            return format.writer().accepts(header);
          }
        };
    return new ScrapeFormat(writer, format.scheme());
  }

  private List<MetricSnapshot> lasting(MetricSnapshots families) {
    List<MetricSnapshot> lasting = new ArrayList<>();
    families.forEach(lasting::add);
    lasting.removeIf(family -> !metrics.lasting().contains(family));
    return lasting;
  }

  private static String name(MetricSnapshot family) {
    return family.getMetadata().getPrometheusName();
  }

  private static int identity(MetricSnapshot a, MetricSnapshot b) {
    return a == b ? 0 : 1;
  }

  private String plain(ScrapeFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FastText.write(format, metrics.collect(Scope.ALL), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private String compressed(ScrapeFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GzipText gzip = new GzipText(out)) {
      FastText.write(format, metrics.collect(Scope.ALL), gzip, deflated);
    }
    byte[] text = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())).readAllBytes();
    return new String(text, StandardCharsets.UTF_8);
  }
}
