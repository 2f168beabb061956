package io.modeldrift.app.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * A small HTTP server, on the loopback address unless told otherwise: all that the demo's own parts
 * need.
 *
 * <p>Handlers run on a fixed number of daemon threads. Closing stops at once.
 */
final class LoopbackServer implements AutoCloseable {

  private static final int THREADS = 4;

  static {
    // Headers and body leave the JDK's server in two writes; with Nagle's algorithm a kept-alive
    // connection would wait 40 ms for the second. The server reads the property once, on first use.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;

  private LoopbackServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts a server on the loopback address.
   *
   * @param name what the server is, for messages and thread names
   * @param port 0 for any free port
   * @throws IOException if the port is taken, with a message that says so
   */
  static LoopbackServer start(String name, int port, HttpHandler handler) throws IOException {
    return start(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), handler);
  }

  /** Starts a server on another address; see {@link #start(String, int, HttpHandler)}. */
  static LoopbackServer start(String name, InetSocketAddress address, HttpHandler handler)
      throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (BindException e) {
      throw new IOException(
          "port " + address.getPort() + " for the " + name + " is already in use", e);
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, daemons("demo " + name));
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
    return new LoopbackServer(server, threads);
  }

  static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Returns the root address, for example {@code http://127.0.0.1:8080}. */
  URI address() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  /** Answers with a body and ends the exchange. */
  static void answer(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
