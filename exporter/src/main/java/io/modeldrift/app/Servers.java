package io.modeldrift.app;

import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinBindException;
import io.modeldrift.app.web.Refusals;
import io.modeldrift.app.web.WebServer;
import io.modeldrift.config.AccessSettings;
import io.modeldrift.config.ListenAddress;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that the exporter listens on: one for everything, or one for operations and one for
 * the intake.
 */
final class Servers {

  private final AccessSettings settings;
  private final Refusals refusals;
  private final WebServer operations;
  private final @Nullable WebServer ingest;

  /**
   * Makes the servers; they do not listen yet.
   *
   * @throws io.modeldrift.app.web.WebConfigException if a file that says who gets in is of no use
   */
  Servers(
      AccessSettings settings,
      Duration idleTimeout,
      Refusals refusals,
      Consumer<RoutesConfig> operationsRoutes,
      Consumer<RoutesConfig> ingestRoutes) {
    this.settings = settings;
    this.refusals = refusals;
    Optional<ListenAddress> own = settings.ingestListen();
    WebServer.Settings main =
        new WebServer.Settings(
            settings.listen(),
            settings.webConfig(),
            settings.tokenFiles(),
            settings.rowDoors(),
            idleTimeout,
            WebServer.MAX_CONNECTIONS);
    if (own.isEmpty()) {
      Consumer<RoutesConfig> all = operationsRoutes.andThen(ingestRoutes);
      this.operations = new WebServer("http", main, refusals, all);
      this.ingest = null;
    } else {
      this.operations = new WebServer("http", main, refusals, operationsRoutes);
      WebServer.Settings intake =
          new WebServer.Settings(
              own.get(),
              settings.ingestWebConfig(),
              settings.tokenFiles(),
              settings.rowDoors(),
              idleTimeout,
              WebServer.MAX_CONNECTIONS);
      this.ingest = new WebServer("ingest", intake, refusals, ingestRoutes);
    }
  }

  /**
   * Opens the doors.
   *
   * @throws CommandException if an address cannot be listened on
   */
  void start() {
    start(operations, settings.listen(), "--listen [HOST]:PORT");
    if (ingest != null) {
      try {
        start(ingest, settings.ingestListen().orElseThrow(), "--set ingest.listen=[HOST]:PORT");
      } catch (RuntimeException e) {
        operations.stop();
        throw e;
      }
    }
  }

  /** Closes the intake first, so that the last scrape can see all of it. */
  void stop() {
    if (ingest != null) {
      ingest.stop();
    }
    operations.stop();
  }

  URI operationsAddress() {
    return operations.address();
  }

  /** Returns the intake's own address; empty if it shares the other. */
  Optional<URI> ingestAddress() {
    return Optional.ofNullable(ingest).map(WebServer::address);
  }

  /** Returns every door of the operations' address as method and path. */
  List<String> doors() {
    return operations.doors();
  }

  Refusals refusals() {
    return refusals;
  }

  /** Looks whether certificates, users or tokens have changed; returns whether all are usable. */
  boolean refreshAccess() {
    boolean usable = operations.refreshAccess();
    return (ingest == null || ingest.refreshAccess()) && usable;
  }

  /** Returns whether what is in force is what the files say. */
  boolean isAccessUsable() {
    return operations.isAccessUsable() && (ingest == null || ingest.isAccessUsable());
  }

  /** Returns whether any address has files that can change. */
  boolean hasAccessFiles() {
    List<Optional<?>> files = List.of(settings.webConfig(), settings.ingestWebConfig());
    return !settings.tokenFiles().isEmpty() || files.stream().anyMatch(Optional::isPresent);
  }

  private static void start(WebServer server, ListenAddress listen, String option) {
    try {
      server.start();
    } catch (RuntimeException e) {
      if (isTaken(e)) {
        throw new CommandException(
            1,
            "cannot listen on "
                + listen
                + ": the port is taken or the address is not this machine's; choose another with "
                + option);
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
}
