package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.app.MirroredClient.Times;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped recipes in front of a model, run by real proxies: what they deliver, and that
 * production does not notice the exporter.
 */
class MirroringIT {

  private static final int REQUESTS = 60;

  /** What noise on a busy machine may add to the median. */
  private static final double TOLERATED_MILLIS = 5;

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
        StubModel slow = new StubModel(500)) {
      Times without = measureDirect(model.port());
      Times stopped = measure("stopped", model.port(), closedPort());
      Times stuck = measure("hung", model.port(), hung.port());
      Times late = measure("slow", model.port(), slow.port());

      report("without mirror", without, without);
      report("exporter stopped", stopped, without);
      report("exporter hung", stuck, without);
      report("exporter 100 times too slow", late, without);
      assertThat(hung.connections()).isPositive();
      assertThat(slow.requests()).isPositive();
      assertThat(stopped.median()).isLessThan(without.median() + TOLERATED_MILLIS);
      assertThat(stuck.median()).isLessThan(without.median() + TOLERATED_MILLIS);
      assertThat(late.median()).isLessThan(without.median() + TOLERATED_MILLIS);
    }
  }

  /** Measures through nginx without a mirror: the recipe with the line that mirrors taken out. */
  private Times measureDirect(int model) throws Exception {
    Path own = Files.createDirectories(folder.resolve("direct"));
    try (MirroringProxy proxy = MirroringProxy.nginxWithoutMirror(own, model)) {
      return measure(proxy);
    }
  }

  private Times measure(String name, int model, int exporter) throws Exception {
    Path own = Files.createDirectories(folder.resolve(name));
    try (MirroringProxy proxy = MirroringProxy.nginx("mirror.conf", own, model, exporter)) {
      return measure(proxy);
    }
  }

  private static Times measure(MirroringProxy proxy) throws Exception {
    MirroredClient client = new MirroredClient(proxy.port());
    client.send(REQUESTS);
    return client.send(10 * REQUESTS);
  }

  private static void report(String what, Times times, Times base) {
    System.out.printf(
        "%-28s %s, ratio of medians %.2f, of p99 %.2f%n",
        what, times, times.median() / base.median(), times.p99() / base.p99());
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
