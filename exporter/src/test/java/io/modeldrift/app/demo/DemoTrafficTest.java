package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {

  private static final DemoClient.Speed FAST = new DemoClient.Speed(1e9, 5_000);

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private RecordingServer exporter;

  @BeforeEach
  void open() throws IOException {
    exporter = RecordingServer.answering(200);
  }

  @AfterEach
  void stop() {
    exporter.close();
  }

  @Test
  void replay_withoutRepetition_endsAfterDecember() throws Exception {
    try (DemoTraffic traffic = start(0, false)) {
      traffic.replay();

      assertThat(lines.get(0)).startsWith("Replaying April to December 2015");
      assertThat(lines.get(1)).startsWith("April");
      assertThat(lines.get(lines.size() - 2)).startsWith("December");
      // 75,646 flights in batches of 5,000 are 16 requests to each of two models, and as many
      // answers.
      assertThat(exporter.next().event()).containsEntry("inferenceservicename", "flight-delay");
      for (int i = 1; i < 64; i++) {
        exporter.next();
      }
    }
  }

  @Test
  void close_endsAnEndlessReplayQuietly() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    DemoTraffic traffic = start(0, true);
    try {
      Future<?> replay =
          threads.submit(
              () -> {
                traffic.replay();
                return null;
              });
      exporter.next();

      traffic.close();

      assertThat(replay.get(20, TimeUnit.SECONDS)).isNull();
    } finally {
      traffic.close();
      threads.shutdownNow();
    }
  }

  @Test
  void takenMirrorPort_leavesNothingRunning() throws Exception {
    int taken = exporter.address().getPort();
    int modelPort;
    try (DemoModelServer server = DemoModelServer.start(0)) {
      modelPort = server.address().getPort();
    }
    DemoTraffic.Settings settings = new DemoTraffic.Settings(modelPort, taken, FAST, false);

    assertThatThrownBy(() -> DemoTraffic.start(settings, exporter.address(), lines::add))
        .isInstanceOf(IOException.class)
        .hasMessage("port " + taken + " for the mirror is already in use");

    DemoModelServer.start(modelPort).close();
  }

  private DemoTraffic start(int port, boolean repeat) throws IOException {
    return DemoTraffic.start(
        new DemoTraffic.Settings(port, port, FAST, repeat), exporter.address(), lines::add);
  }
}
