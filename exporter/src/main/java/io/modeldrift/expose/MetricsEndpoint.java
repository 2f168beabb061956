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

  MetricsEndpoint(ExposedState state) {
    this.metrics = new StateMetrics(state);
    JvmMetrics.builder().register(process);
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
    try (OutputStream out = body(ctx)) {
      EscapingScheme scheme = EscapingScheme.fromAcceptHeader(accept);
      if (writer == formats.getPrometheusProtobufWriter()) {
        writer.write(out, families, scheme);
      } else {
        FastText.write(writer, scheme, families, out);
      }
    }
  }

  /** Compresses here and fast: the server's own compression is slow for bodies of this size. */
  private static OutputStream body(Context ctx) throws IOException {
    String encodings = ctx.header("Accept-Encoding");
    OutputStream out = ctx.res().getOutputStream();
    if (encodings == null || !encodings.toLowerCase(Locale.ROOT).contains("gzip")) {
      return out;
    }
    ctx.res().setHeader("Content-Encoding", "gzip");
    return new FastGzip(out);
  }
}
