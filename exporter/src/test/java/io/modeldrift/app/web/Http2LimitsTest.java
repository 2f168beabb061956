package io.modeldrift.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Http2LimitsTest {

  private static final int PATIENCE_SECONDS = 30;

  private final Refusals refusals = new Refusals();
  private final WebServer server =
      new WebServer(
          "test",
          Loopback.settings(WebServer.MAX_CONNECTIONS),
          refusals,
          routes -> routes.post("/", context -> context.status(200)));
  private final HTTP2Client client = new HTTP2Client();
  private final CompletableFuture<Map<Integer, Integer>> announced = new CompletableFuture<>();
  private final CompletableFuture<Integer> goneAway = new CompletableFuture<>();

  private final class Listener implements Session.Listener {
    @Override
    public void onSettings(Session session, SettingsFrame frame) {
      announced.complete(frame.getSettings());
    }

    @Override
    public void onGoAway(Session session, GoAwayFrame frame) {
      goneAway.complete(frame.getError());
    }
  }

  @BeforeEach
  void start() throws Exception {
    server.start();
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    server.stop();
  }

  private Session connect() throws Exception {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.address().getPort());
    return client.connect(address, new Listener()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Asks for something and thinks better of it, which costs the asker next to nothing. */
  private void requestAndReset(Session session) throws Exception {
    MetaData.Request request =
        new MetaData.Request(
            "POST", HttpURI.from(server.address() + "/"), HttpVersion.HTTP_2, HttpFields.EMPTY);
    session
        .newStream(new HeadersFrame(request, null, false), new Stream.Listener() {})
        .thenCompose(
            stream ->
                stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code)))
        .handle((done, failure) -> null) // fails once the server has had enough
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void limits_areAnnouncedToWhoeverConnects() throws Exception {
    connect();

    Map<Integer, Integer> settings = announced.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(settings)
        .containsEntry(SettingsFrame.MAX_CONCURRENT_STREAMS, 64)
        .containsEntry(SettingsFrame.INITIAL_WINDOW_SIZE, 256 * 1024)
        .containsEntry(SettingsFrame.MAX_HEADER_LIST_SIZE, 8 * 1024);
  }

  @Test
  void floodOfResets_endsTheConnection() throws Exception {
    Session session = connect();

    for (int i = 0; i < 20_000 && !goneAway.isDone(); i++) {
      requestAndReset(session);
    }

    assertThat(goneAway.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isEqualTo(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code);
    assertThat(refusals.snapshot()).containsEntry("http2_flood", 1L);
  }
}
