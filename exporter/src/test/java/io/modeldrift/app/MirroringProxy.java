package io.modeldrift.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real proxy that runs one of the shipped recipes: only its addresses are replaced by those of
 * the test.
 */
final class MirroringProxy implements AutoCloseable {

  private static final Path RECIPES = Path.of("deploy", "mirroring");
  private static final String NGINX_MODULES = "/usr/lib/nginx/modules/";
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Process process;
  private final int port;

  private MirroringProxy(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Returns the program if it is installed, in a usual place or where a system property says. */
  private static Optional<Path> program(String name) {
    String configured = System.getProperty("mirroring." + name, "");
    return Stream.concat(
            Stream.of(configured).filter(path -> !path.isEmpty()).map(Path::of),
            Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin").map(d -> Path.of(d, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static MirroringProxy nginx(String recipe, Path folder, int model, int exporter)
      throws Exception {
    int port = freePort();
    Path configuration = write(folder, Path.of("nginx", recipe), port, model, exporter);
    return startNginx(configuration, folder, port);
  }

  /** Starts nginx with the mirror recipe, except that it does not mirror. */
  static MirroringProxy nginxWithoutMirror(Path folder, int model) throws Exception {
    int port = freePort();
    Path configuration = write(folder, Path.of("nginx", "mirror.conf"), port, model, model);
    String text = Files.readString(configuration);
    Files.writeString(configuration, text.replaceAll("mirror +/_drift;", ""));
    return startNginx(configuration, folder, port);
  }

  private static MirroringProxy startNginx(Path configuration, Path folder, int port)
      throws Exception {
    Path log = folder.resolve("error.log");
    List<String> command =
        List.of(
            require("nginx"),
            "-p",
            folder.toString(),
            "-c",
            configuration.toString(),
            "-e",
            log.toString(),
            "-g",
            "daemon off; pid " + folder.resolve("nginx.pid") + "; error_log " + log + " crit;");
    return start(command, folder, port, Map.of());
  }

  static MirroringProxy haproxy(Path folder, int model, int exporter) throws Exception {
    int port = freePort();
    Path configuration = write(folder, Path.of("haproxy", "haproxy.cfg"), port, model, exporter);
    write(folder, Path.of("haproxy", "drift.lua"), port, model, exporter);
    return start(
        List.of(require("haproxy"), "-f", configuration.toString(), "-db"),
        folder,
        port,
        Map.of("DRIFT_URL", "http://127.0.0.1:" + exporter + "/"));
  }

  static MirroringProxy envoy(Path folder, int model, int exporter) throws Exception {
    int port = freePort();
    Path configuration = write(folder, Path.of("envoy", "envoy.yaml"), port, model, exporter);
    List<String> command =
        List.of(
            require("envoy"),
            "-c",
            configuration.toString(),
            "--concurrency",
            "1",
            "--use-dynamic-base-id",
            "--log-level",
            "warning");
    return start(command, folder, port, Map.of());
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String require(String program) {
    return program(program)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    program
                        + " is missing: install what .ci/packages.txt lists; make test-java"
                        + " fetches Envoy"))
        .toString();
  }

  private static Path write(Path folder, Path recipe, int port, int model, int exporter)
      throws IOException {
    String text =
        Files.readString(RECIPES.resolve(recipe))
            .replace("10193", String.valueOf(exporter))
            .replace("9000", String.valueOf(model))
            .replace("127.0.0.1:8080", "127.0.0.1:" + port)
            .replace("listen 8080", "listen 127.0.0.1:" + port)
            .replace("port_value: 8080", "port_value: " + port)
            .replace("127.0.0.1:8079", "127.0.0.1:" + freePort())
            .replace("load_module modules/", "load_module " + NGINX_MODULES)
            .replace("worker_processes auto", "worker_processes 1");
    return Files.writeString(folder.resolve(recipe.getFileName()), text);
  }

  private static MirroringProxy start(
      List<String> command, Path folder, int port, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    Path log = folder.resolve("proxy.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    MirroringProxy proxy = new MirroringProxy(builder.start(), port);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!proxy.accepts()) {
      if (!proxy.process.isAlive() || System.nanoTime() > deadline) {
        proxy.close();
        throw new IOException("the proxy does not listen: " + Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return proxy;
  }

  private boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
