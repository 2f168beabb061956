package io.modeldrift.app;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.modeldrift.config.ExporterSettings;
import io.modeldrift.config.ListenAddress;
import io.modeldrift.decode.Decoders;
import io.modeldrift.expose.ExposeRoutes;
import io.modeldrift.ingest.InferenceSink;
import io.modeldrift.ingest.IngestRoutes;
import io.modeldrift.ingest.Intake;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.PairingSettings;
import io.modeldrift.observe.PairingStore;
import java.net.BindException;
import java.net.URI;
import java.time.InstantSource;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The running exporter: its parts, started in order and stopped in reverse.
 *
 * <p>First the observers, then the evaluator, then the door opens; on the way down the door closes
 * first, and what was already taken is still observed.
 */
public final class Exporter implements AutoCloseable {

  private static final int MAX_SERVER_THREADS = 64;
  private static final int MIN_SERVER_THREADS = 8;

  private final Intake intake;
  private final EvaluationLoop evaluations;
  private final LiveState state;
  private final Javalin server;
  private final ListenAddress listen;

  private Exporter(ExporterSettings settings, InstantSource time) {
    Observatory observatory = new Observatory(settings.observe(), time);
    settings.expected().forEach(observatory::expect);
    this.listen = settings.listen();
    PairingStore pairing = new PairingStore(PairingSettings.defaults(), time);
    this.intake = new Intake(settings.ingest(), new InferenceSink(observatory, pairing));
    this.evaluations = new EvaluationLoop(observatory::snapshots, settings.evaluation(), time);
    this.state = new LiveState(observatory, intake, pairing, evaluations, time.instant());
    this.server = Javalin.create(config -> configure(config, settings, time));
    intake.start(() -> Decoders.standard(settings.decode()));
  }

  /**
   * Starts an exporter that takes payloads from the moment this returns.
   *
   * @throws CommandException if the address cannot be listened on
   */
  public static Exporter start(ExporterSettings settings, InstantSource time) {
    Exporter exporter = new Exporter(settings, time);
    try {
      exporter.listen();
    } catch (RuntimeException e) {
      exporter.intake.close();
      throw e;
    }
    exporter.evaluations.start();
    exporter.state.setReady(true);
    return exporter;
  }

  /** Returns where the page is. */
  public URI address() {
    String host = listen.host().isEmpty() ? "localhost" : listen.host();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port());
  }

  /** Takes no more payloads, observes those that wait, and ends all threads. */
  @Override
  public void close() {
    state.setReady(false);
    server.stop();
    intake.close();
    evaluations.close();
  }

  private void listen() {
    try {
      server.start();
    } catch (RuntimeException e) {
      if (isTaken(e)) {
        throw new CommandException(
            1,
            "cannot listen on "
                + listen
                + ": the port is taken or the address is not this machine's; choose another with"
                + " --listen [HOST]:PORT");
      }
      throw e;
    }
  }

  private static boolean isTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException || cause instanceof JavalinBindException) {
        return true;
      }
    }
    return false;
  }

  private void configure(JavalinConfig config, ExporterSettings settings, InstantSource time) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.maxRequestSize = Long.MAX_VALUE; // bodies are bounded where they are read
    config.http.defaultContentType = "text/plain";
    config.jetty.threadPool = threads();
    config.jetty.modifyHttpConfiguration(Exporter::tolerant);
    config.jetty.addConnector((jetty, http) -> connector(jetty, http, settings));
    config.jetty.modifyServletContextHandler(
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    new ExposeRoutes(state, time).addTo(config.routes);
    new IngestRoutes(intake, settings.ingest(), time).addTo(config.routes);
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_SERVER_THREADS, MIN_SERVER_THREADS);
    threads.setName("http");
    threads.setDaemon(true);
    return threads;
  }

  /** Mirrored paths are not ours to judge: encoded slashes and the like are let through. */
  private static void tolerant(HttpConfiguration http) {
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setSendServerVersion(false);
  }

  /**
   * HTTP/1.1 and, without TLS, HTTP/2 on one port: mirrors of gRPC traffic speak only the latter.
   */
  private static ServerConnector connector(
      Server jetty, HttpConfiguration http, ExporterSettings settings) {
    ServerConnector connector =
        new ServerConnector(
            jetty, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost(settings.listen().host().isEmpty() ? null : settings.listen().host());
    connector.setPort(settings.listen().port());
    connector.setIdleTimeout(settings.ingest().readTimeout().toMillis());
    return connector;
  }
}
