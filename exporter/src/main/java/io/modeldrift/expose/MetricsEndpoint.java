package io.modeldrift.expose;

import io.javalin.http.Context;
import io.modeldrift.expose.StateMetrics.Scope;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Answers scrapes: {@code /metrics} with everything, {@code /metrics?exclude=baseline} and {@code
 * /metrics/baseline} with the two halves of it.
 *
 * <p>The scraper chooses the format by {@code Accept}: Prometheus text, OpenMetrics or protobuf.
 */
final class MetricsEndpoint {

  private final ExpositionFormats formats = ExpositionFormats.init();
  private final PrometheusRegistry process = new PrometheusRegistry();
  private final StateMetrics metrics;
  private final DeflatedFamilies deflated;

  MetricsEndpoint(ExposedState state) {
    this.metrics = new StateMetrics(state);
    this.deflated = new DeflatedFamilies(metrics.lasting());
    JvmMetrics.builder().register(process);
  }

  /** Does what can be done before the next scrape; call it after an evaluation. */
  void prepare() {
    deflated.prepare(() -> metrics.collect(Scope.LASTING));
  }

  void metrics(Context ctx) throws IOException {
    boolean baseline = !ctx.queryParams("exclude").contains("baseline");
    List<MetricSnapshot> families = new ArrayList<>();
    metrics.collect(baseline ? Scope.ALL : Scope.ALL_BUT_BASELINE).forEach(families::add);
    process.scrape().forEach(families::add);
    write(ctx, new MetricSnapshots(families));
  }

  void baseline(Context ctx) throws IOException {
    write(ctx, metrics.collect(Scope.BASELINE));
  }

  private void write(Context ctx, MetricSnapshots families) throws IOException {
    String accept = ctx.header("Accept");
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ctx.res().setContentType(writer.getContentType());
    ctx.res().addHeader("Vary", "Accept, Accept-Encoding");
    ctx.res().addHeader("Cache-Control", "no-store");
    ScrapeFormat format = new ScrapeFormat(writer, EscapingScheme.fromAcceptHeader(accept));
    OutputStream out = ctx.res().getOutputStream();
    if (!takesGzip(ctx)) {
      write(format, families, out);
      return;
    }
    // Compressed here and fast: the server's own compression is slow for bodies of this size.
    ctx.res().setHeader("Content-Encoding", "gzip");
    try (GzipText gzip = new GzipText(out)) {
      if (isText(format)) {
        FastText.write(format, families, gzip, deflated);
      } else {
        write(format, families, gzip);
      }
    }
  }

  private void write(ScrapeFormat format, MetricSnapshots families, OutputStream out)
      throws IOException {
    if (isText(format)) {
      FastText.write(format, families, out);
    } else {
      format.writer().write(out, families, format.scheme());
    }
  }

  private boolean isText(ScrapeFormat format) {
    return format.writer() != formats.getPrometheusProtobufWriter();
  }

  private static boolean takesGzip(Context ctx) {
    String encodings = ctx.header("Accept-Encoding");
    return encodings != null && encodings.toLowerCase(Locale.ROOT).contains("gzip");
  }
}
