package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoMirrorTest {

  private static final String PATH = "/v1/models/air-time:predict";
  private static final String BODY = "{\"instances\": [{\"distance\": 719, \"taxi_out\": 21}]}";
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  private DemoModelServer model;

  @BeforeEach
  void start() throws IOException {
    model = DemoModelServer.start(0);
  }

  @AfterEach
  void stop() {
    model.close();
  }

  @Test
  void exchange_isAnsweredByTheModelAndCopiedToTheExporter() throws Exception {
    try (RecordingServer exporter = RecordingServer.answering(200);
        DemoMirror mirror = DemoMirror.start(0, model.address(), exporter.address())) {
      HttpResponse<String> mirrored = Http.post(mirror.address().resolve(PATH), BODY);
      HttpResponse<String> direct = Http.post(model.address().resolve(PATH), BODY);

      assertThat(mirrored.statusCode()).isEqualTo(200);
      assertThat(mirrored.body()).isEqualTo(direct.body()).contains("predictions");
      RecordingServer.Received request = exporter.next();
      assertThat(request.body()).isEqualTo(BODY);
      RecordingServer.Received response = exporter.next();
      assertThat(response.body()).isEqualTo(direct.body());
      assertThat(response.event())
          .containsEntry("inferenceservicename", "air-time")
          .containsEntry("id", request.event().get("id"));
    }
  }

  @Test
  void exporterHangs_clientsAreAnsweredAllTheSame() throws Exception {
    try (RecordingServer exporter = RecordingServer.hanging();
        DemoMirror mirror = DemoMirror.start(0, model.address(), exporter.address())) {
      for (int i = 0; i < 20; i++) {
        assertThat(Http.post(mirror.address().resolve(PATH), BODY).statusCode()).isEqualTo(200);
      }

      assertThat(exporter.all()).hasSizeLessThan(20);
    }
  }

  @Test
  void exporterIsDown_clientsAreAnsweredAllTheSame() throws Exception {
    try (DemoMirror mirror = DemoMirror.start(0, model.address(), nobody())) {
      assertThat(Http.post(mirror.address().resolve(PATH), BODY).statusCode()).isEqualTo(200);
      assertThat(Http.post(mirror.address().resolve(PATH), BODY).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void copy_holdsRequestAndAnswer() throws Exception {
    RecordingCopies copies = new RecordingCopies();
    try (DemoMirror mirror = new DemoMirror(0, model.address(), copies, () -> NOW)) {
      HttpResponse<String> answer = Http.post(mirror.address().resolve(PATH + "?a=b"), BODY);

      MirroredExchange copy = copies.next();
      assertThat(copy.path()).isEqualTo(PATH + "?a=b");
      assertThat(copy.status()).isEqualTo(200);
      assertThat(copy.request()).asString().isEqualTo(BODY);
      assertThat(copy.response()).asString().isEqualTo(answer.body());
      assertThat(copy.requestedAt()).isEqualTo(NOW);
      assertThat(copy.id()).isNotBlank();
    }
  }

  @Test
  void refusalOfTheModel_isPassedOn() throws Exception {
    try (RecordingServer exporter = RecordingServer.answering(200);
        DemoMirror mirror = DemoMirror.start(0, model.address(), exporter.address())) {
      HttpResponse<String> answer = Http.post(mirror.address().resolve(PATH), "not json");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }
  }

  @Test
  void modelIsDown_isABadGatewayAndLeavesNoCopy() throws Exception {
    RecordingCopies copies = new RecordingCopies();
    try (DemoMirror mirror = new DemoMirror(0, nobody(), copies, () -> NOW)) {
      assertThat(Http.post(mirror.address().resolve(PATH), BODY).statusCode()).isEqualTo(502);
      assertThat(copies.offered).isEmpty();
    }
  }

  @Test
  void takenPort_isAClearMessage() {
    int taken = model.address().getPort();

    assertThatThrownBy(() -> DemoMirror.start(taken, model.address(), model.address()))
        .isInstanceOf(IOException.class)
        .hasMessage("port " + taken + " for the mirror is already in use");
  }

  /** Returns an address on which nobody listens. */
  private static URI nobody() throws IOException {
    try (DemoModelServer stopped = DemoModelServer.start(0)) {
      return stopped.address();
    }
  }

  private static final class RecordingCopies implements TrafficCopy {

    private final BlockingQueue<MirroredExchange> offered = new LinkedBlockingQueue<>();

    MirroredExchange next() throws InterruptedException {
      MirroredExchange next = offered.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing was copied");
      }
      return next;
    }

    @Override
    public void offer(MirroredExchange exchange) {
      offered.add(exchange);
    }

    @Override
    public long delivered() {
      return offered.size();
    }

    @Override
    public long lost() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
