package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.app.SideBySide.Ratios;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped recipes in front of a model, run by real proxies: what they deliver, and that
 * production does not notice the exporter.
 */
class MirroringIT {

  private static final int REQUESTS = 60;

  /**
   * What a mirror and the noise of a busy machine may cost. Requests that wait for an exporter take
   * hundreds of times as long: the timeouts of the recipe are 20 and 40 ms.
   */
  private static final double TOLERATED_RATIO = 2;

  @TempDir private Path folder;

  @Test
  void nginxMirror_deliversEveryRequest() throws Exception {
    try (StubModel model = new StubModel();
        ExporterProcess exporter = ExporterProcess.serve();
        MirroringProxy proxy =
            MirroringProxy.nginx("mirror.conf", folder, model.port(), port(exporter))) {
      warmUp(exporter);
      new MirroredClient(proxy.port()).send(REQUESTS);

      Scrape scrape = exporter.scrapeUntil(s -> rows(s) >= REQUESTS);
      assertThat(rows(scrape)).isEqualTo(REQUESTS);
      assertThat(model.requests()).isEqualTo(REQUESTS);
    }
  }

  @Test
  void nginxLua_deliversRequestsAndResponses() throws Exception {
    try (StubModel model = new StubModel();
        ExporterProcess exporter = ExporterProcess.serve();
        MirroringProxy proxy =
            MirroringProxy.nginx("mirror-lua.conf", folder, model.port(), port(exporter))) {
      new MirroredClient(proxy.port()).send(REQUESTS);

      assertBothHalvesArrive(exporter);
    }
  }

  @Test
  void haproxyLua_deliversRequestsAndResponses() throws Exception {
    try (StubModel model = new StubModel();
        ExporterProcess exporter = ExporterProcess.serve();
        MirroringProxy proxy = MirroringProxy.haproxy(folder, model.port(), port(exporter))) {
      new MirroredClient(proxy.port()).send(REQUESTS);

      assertBothHalvesArrive(exporter);
    }
  }

  @Test
  void envoy_deliversEveryRequest() throws Exception {
    try (StubModel model = new StubModel();
        ExporterProcess exporter = ExporterProcess.serve();
        MirroringProxy proxy = MirroringProxy.envoy(folder, model.port(), port(exporter))) {
      new MirroredClient(proxy.port()).send(REQUESTS);

      Scrape scrape = exporter.scrapeUntil(s -> rows(s) >= REQUESTS);
      assertThat(rows(scrape)).isEqualTo(REQUESTS);
    }
  }

  @Test
  void exporter_stoppedHungOrSlow_isNotNoticedThroughNginx() throws Exception {
    try (StubModel model = new StubModel();
        HungServer hung = new HungServer();
        StubModel slow = new StubModel(500);
        SideBySide proxies = new SideBySide(folder, model.port())) {
      proxies.mirrorTo("stopped", closedPort());
      proxies.mirrorTo("hung", hung.port());
      proxies.mirrorTo("100 times too slow", slow.port());

      Map<String, Ratios> noticed = proxies.measure();

      assertThat(hung.connections()).isPositive();
      assertThat(slow.requests()).isPositive();
      assertThat(noticed).hasSize(3);
      noticed.forEach(
          (exporter, best) -> {
            System.out.printf("exporter %-18s %s%n", exporter, best);
            assertThat(best.median()).as("median, " + exporter).isLessThan(TOLERATED_RATIO);
            assertThat(best.p99()).as("p99, " + exporter).isLessThan(TOLERATED_RATIO);
          });
    }
  }

  private static void assertBothHalvesArrive(ExporterProcess exporter) throws Exception {
    Scrape scrape =
        exporter.scrapeUntil(
            s -> s.sum("model_inference_payloads_total", "model", "credit") >= 2 * REQUESTS);
    // A proxy may deliver twice where no answer came in time, but never less than everything.
    assertThat(rows(scrape)).isGreaterThanOrEqualTo(REQUESTS);
  }

  /** The first requests of a JVM are slow enough for the recipe to take the exporter for hung. */
  private static void warmUp(ExporterProcess exporter) throws Exception {
    for (int i = 0; i < 50; i++) {
      exporter.post("/v1/models/warm-up:predict", "{\"instances\": [{\"age\": 1}]}");
    }
  }

  private static double rows(Scrape scrape) {
    return scrape.sum("model_inferences_total", "model", "credit");
  }

  private static int port(ExporterProcess exporter) {
    return exporter.address().getPort();
  }

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
