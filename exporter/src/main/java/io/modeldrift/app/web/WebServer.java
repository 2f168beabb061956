package io.modeldrift.app.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.modeldrift.app.web.Refusals.Reason;
import io.modeldrift.config.ListenAddress;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** One address: its server with threads of its own, its gate, and the paths behind it. */
public final class WebServer {

  /** How many connections an address holds open. */
  public static final int MAX_CONNECTIONS = 2_000;

  private static final int MAX_THREADS = 64;
  private static final int MIN_THREADS = 8;

  /** Who is being answered may finish; who is slow would hold up the stop. */
  private static final long STOP_MILLIS = 2_000;

  /** Connections that wait to be accepted; the system may hold fewer. */
  private static final int ACCEPT_QUEUE = 1_024;

  private final Settings settings;
  private final Refusals refusals;
  private final AddressAccess access;
  private final Javalin server;

  /**
   * What one address needs.
   *
   * @param webConfig web configuration file; empty for plain HTTP for everybody
   * @param tokenFiles files with tokens for {@code /api/…}
   * @param rowDoors whether the doors that hand out rows are open
   * @param idleTimeout how long a connection may stay silent
   * @param connections how many may be open; further ones wait to be accepted, so that a mirror
   *     that opens one a request does not exhaust the exporter
   */
  public record Settings(
      ListenAddress listen,
      Optional<Path> webConfig,
      List<Path> tokenFiles,
      boolean rowDoors,
      Duration idleTimeout,
      int connections) {

    /** Copies the list. */
    public Settings {
      tokenFiles = List.copyOf(tokenFiles);
    }
  }

  /**
   * Makes a server that does not listen yet.
   *
   * @param name for its threads
   * @throws WebConfigException if the files that say who gets in cannot be used
   */
  public WebServer(
      String name, Settings settings, Refusals refusals, Consumer<RoutesConfig> routes) {
    this.settings = settings;
    this.refusals = refusals;
    this.access = new AddressAccess(settings.webConfig(), settings.tokenFiles());
    Gate gate = new Gate(access, refusals, settings.rowDoors());
    this.server = Javalin.create(config -> configure(config, name, gate, routes));
  }

  /**
   * Starts to load the classes of a server on a thread of its own; that takes as long as everything
   * that is done before one is needed.
   */
  public static void preload() {
    Thread loader = new Thread(WebServer::load, "preload");
    loader.setDaemon(true);
    loader.start();
  }

  private static void load() {
    Settings nowhere =
        new Settings(
            new ListenAddress("127.0.0.1", 0),
            Optional.empty(),
            List.of(),
            false,
            Duration.ofSeconds(1),
            1);
    WebServer unused = new WebServer("preload", nowhere, new Refusals(), routes -> {});
    Server jetty = new Server();
    jetty.addConnector(unused.connector(jetty, new HttpConfiguration()));
    jetty.setHandler(new ServletContextHandler());
  }

  /** Opens the door. */
  public void start() {
    server.start();
  }

  /** Closes the door, and ends what is still being answered. */
  public void stop() {
    server.stop();
  }

  /** Returns where it listens; localhost if it does on all addresses. */
  public URI address() {
    String host = settings.listen().host().isEmpty() ? "localhost" : settings.listen().host();
    String scheme = access.tls().isPresent() ? "https" : "http";
    return URI.create(
        scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port());
  }

  /** Looks whether certificates, users or tokens have changed; returns whether they are usable. */
  public boolean refreshAccess() {
    return access.refresh();
  }

  /** Returns whether what is in force is what the files say. */
  public boolean isAccessUsable() {
    return access.isSuccessful();
  }

  /** Returns every door as method and path, for a test that knocks at each. */
  public List<String> doors() {
    return server.unsafe.internalRouter.allHttpHandlers().stream()
        .map(door -> door.endpoint.method + " " + door.endpoint.path)
        .toList();
  }

  private void configure(
      JavalinConfig config, String name, Gate gate, Consumer<RoutesConfig> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.maxRequestSize = Long.MAX_VALUE; // bodies are bounded where they are read
    config.http.defaultContentType = "text/plain";
    config.jetty.threadPool = threads(name);
    config.jetty.modifyServer(
        jetty -> {
          jetty.setStopTimeout(STOP_MILLIS);
          jetty.setErrorHandler(this::refuseMalformed);
        });
    config.jetty.modifyHttpConfiguration(WebServer::tolerant);
    config.jetty.addConnector(this::connector);
    config.jetty.modifyServletContextHandler(
        context -> {
          context.getServletHandler().setDecodeAmbiguousURIs(true);
          FilterHolder holder = new FilterHolder(gate);
          holder.setAsyncSupported(true);
          context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        });
    routes.accept(config.routes);
  }

  private static QueuedThreadPool threads(String name) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName(name);
    threads.setDaemon(true);
    return threads;
  }

  /** Mirrored paths are not ours to judge: encoded slashes and the like are let through. */
  private static void tolerant(HttpConfiguration http) {
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setSendServerVersion(false);
  }

  /** Answers requests that are none, which no path and no gate ever sees, and says nothing more. */
  private boolean refuseMalformed(Request request, Response response, Callback callback) {
    refusals.count(Reason.MALFORMED);
    callback.succeeded();
    return true;
  }

  private ServerConnector connector(Server jetty, HttpConfiguration http) {
    boolean http2 = access.current().config().http2();
    List<ConnectionFactory> protocols =
        access.tls().map(tls -> encrypted(tls, http, http2)).orElseGet(() -> plain(http, http2));
    ServerConnector connector =
        new ServerConnector(jetty, protocols.toArray(new ConnectionFactory[0]));
    connector.setHost(settings.listen().host().isEmpty() ? null : settings.listen().host());
    connector.setPort(settings.listen().port());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.addBean(new FailedHandshakes(refusals));
    connector.setIdleTimeout(settings.idleTimeout().toMillis());
    jetty.addBean(new ConnectionLimit(settings.connections(), connector, refusals));
    return connector;
  }

  private static final class ConnectionLimit extends NetworkConnectionLimit {

    private final Refusals refusals;

    ConnectionLimit(int connections, ServerConnector connector, Refusals refusals) {
      super(connections, connector);
      this.refusals = refusals;
    }

    @Override
    protected void limit() {
      refusals.count(Reason.CONNECTION_LIMIT);
      super.limit();
    }
  }

  private record FailedHandshakes(Refusals refusals) implements SslHandshakeListener {
    @Override
    public void handshakeFailed(Event event, Throwable failure) {
      refusals.count(Reason.TLS_HANDSHAKE);
    }
  }

  /** HTTP/1.1 and HTTP/2 on one port: mirrors of gRPC traffic speak only the latter. */
  private List<ConnectionFactory> plain(HttpConfiguration http, boolean http2) {
    List<ConnectionFactory> protocols = new ArrayList<>();
    protocols.add(new HttpConnectionFactory(http));
    if (http2) {
      protocols.add(
          Http2Limits.on(
              new HTTP2CServerConnectionFactory(http), settings.idleTimeout(), this::flooded));
    }
    return protocols;
  }

  private void flooded() {
    refusals.count(Reason.HTTP2_FLOOD);
  }

  private List<ConnectionFactory> encrypted(
      SslContextFactory.Server tls, HttpConfiguration plain, boolean http2) {
    HttpConfiguration http = new HttpConfiguration(plain);
    // Who scrapes by IP address is not refused for it: the client checks the name.
    http.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    if (!http2) {
      return List.of(new SslConnectionFactory(tls, http1.getProtocol()), http1);
    }
    tls.setCipherComparator(HTTP2Cipher.COMPARATOR);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    return List.of(
        new SslConnectionFactory(tls, alpn.getProtocol()),
        alpn,
        Http2Limits.on(
            new HTTP2ServerConnectionFactory(http), settings.idleTimeout(), this::flooded),
        http1);
  }
}
