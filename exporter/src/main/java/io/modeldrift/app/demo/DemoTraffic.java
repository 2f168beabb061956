package io.modeldrift.app.demo;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The demo's traffic in one piece: model server, mirror in front of it, and a client that replays
 * April to December.
 *
 * <p>{@link #replay} is for one thread; {@link #close} may come from any other, such as the one
 * that runs when a person presses Ctrl-C.
 */
public final class DemoTraffic implements AutoCloseable {

  /**
   * Where and how the demo runs.
   *
   * @param modelPort port of the model server, 0 for any free one
   * @param mirrorPort port of the mirror, 0 for any free one
   * @param speed how fast flights are replayed
   * @param repeat whether December is followed by April again, until closed
   */
  public record Settings(int modelPort, int mirrorPort, DemoClient.Speed speed, boolean repeat) {}

  /** About nine days of flights. */
  private static final Duration OUTCOME_DELAY = Duration.ofSeconds(3);

  private static final Duration REVIEW_EVERY = Duration.ofSeconds(2);

  private final Settings settings;
  private final Consumer<String> lines;
  private final DemoModelServer model;
  private final DemoMirror mirror;
  private final URI exporter;
  private final Object lock = new Object();
  private @Nullable Thread replaying;
  private boolean closed;

  private DemoTraffic(
      Settings settings,
      Consumer<String> lines,
      DemoModelServer model,
      DemoMirror mirror,
      URI exporter) {
    this.exporter = exporter;
    this.settings = settings;
    this.lines = lines;
    this.model = model;
    this.mirror = mirror;
  }

  /**
   * Starts model server and mirror.
   *
   * @param exporter root address of the exporter that gets the copies
   * @param lines takes the progress, a line now and then
   * @throws IOException if a port is taken; nothing is left running
   */
  public static DemoTraffic start(Settings settings, URI exporter, Consumer<String> lines)
      throws IOException {
    DemoModelServer model = DemoModelServer.start(settings.modelPort());
    try {
      DemoMirror mirror = DemoMirror.start(settings.mirrorPort(), model.address(), exporter);
      return new DemoTraffic(settings, lines, model, mirror, exporter);
    } catch (IOException e) {
      model.close();
      throw e;
    }
  }

  /** Returns the root address of the mirror. */
  public URI mirrorAddress() {
    return mirror.address();
  }

  /**
   * Replays the flights; returns when December is over and is not to be followed by April, or when
   * closed.
   *
   * @throws IOException if the model server does not answer
   */
  public void replay() throws IOException {
    synchronized (lock) {
      replaying = Thread.currentThread();
    }
    DemoClient client = DemoClient.of(mirror.address(), settings.speed(), witnesses(), lines);
    try {
      do {
        replayOnce(client);
      } while (settings.repeat() && !isClosed());
    } catch (InterruptedException | IOException e) {
      rethrowUnlessClosed(e);
    } finally {
      synchronized (lock) {
        replaying = null;
      }
    }
  }

  private List<DemoWitness> witnesses() {
    DemoClient.Speed speed = settings.speed();
    return List.of(
        DemoOutcomes.to(exporter, speed.rowsWithin(OUTCOME_DELAY)),
        new DemoReviewers(new RemoteDoors(exporter), speed.rowsWithin(REVIEW_EVERY)));
  }

  private void replayOnce(DemoClient client) throws IOException, InterruptedException {
    lines.accept(
        String.format(
            Locale.ROOT,
            "Replaying April to December 2015, %,.0f flights a second",
            settings.speed().rowsPerSecond()));
    try (DemoData flights = DemoData.traffic()) {
      client.replay(flights);
    }
    lines.accept(
        String.format(
            Locale.ROOT,
            "December is over: %,d requests copied to the exporter, %,d lost on the way",
            mirror.delivered(),
            mirror.lost()));
  }

  private void rethrowUnlessClosed(Exception e) throws IOException {
    if (isClosed()) {
      return;
    }
    if (e instanceof IOException failure) {
      throw failure;
    }
    Thread.currentThread().interrupt();
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** Ends the replay and stops both servers. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (replaying != null) {
        replaying.interrupt();
      }
    }
    mirror.close();
    model.close();
  }
}
