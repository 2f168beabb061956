package io.modeldrift.observe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Reads what model servers use, from {@code /proc} and control groups of version 2.
 *
 * <p>A file that is not there or not as expected leaves its number absent: the server may be
 * starting again, or run elsewhere. Stateless and thread-safe; two small files a server and call.
 */
public final class ServerWatch {

  /** Linux tells times of processes in hundredths of a second, whatever its own clock. */
  private static final double TICKS_PER_SECOND = 100;

  /** Fields of {@code /proc/PID/stat} after the command's name, which may hold anything. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;

  private final Path root;
  private final List<ModelServer> servers;

  /**
   * Watches these servers.
   *
   * @param root where {@code proc} and {@code sys} are mounted, usually {@code /}
   */
  public ServerWatch(Path root, List<ModelServer> servers) {
    this.root = root;
    this.servers = List.copyOf(servers);
  }

  /** Returns what each server uses now, in the order given. */
  public List<ServerUsage> usage() {
    return servers.stream().map(this::usage).toList();
  }

  private ServerUsage usage(ModelServer server) {
    return switch (server.kind()) {
      case PID -> process(server, server.place());
      case PID_FILE -> process(server, text(path("", server.place())).orElse(""));
      case CGROUP -> controlGroup(server, path("sys/fs/cgroup", server.place()));
    };
  }

  private ServerUsage process(ModelServer server, String pid) {
    Optional<Path> process =
        pid.strip().matches("[0-9]{1,10}") ? path("proc", pid.strip()) : Optional.empty();
    return new ServerUsage(
        server,
        text(process.map(place -> place.resolve("stat")))
            .map(ServerWatch::processorSeconds)
            .orElse(OptionalDouble.empty()),
        number(text(process.map(place -> place.resolve("status"))), "VmRSS:", 1024),
        OptionalLong.empty());
  }

  private ServerUsage controlGroup(ModelServer server, Optional<Path> group) {
    OptionalLong micros =
        number(text(group.map(place -> place.resolve("cpu.stat"))), "usage_usec", 1);
    return new ServerUsage(
        server,
        micros.isPresent() ? OptionalDouble.of(micros.getAsLong() / 1e6) : OptionalDouble.empty(),
        number(text(group.map(place -> place.resolve("memory.current"))), "", 1),
        number(text(group.map(place -> place.resolve("memory.max"))), "", 1));
  }

  private static OptionalDouble processorSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= SYSTEM_TICKS) {
      return OptionalDouble.empty();
    }
    OptionalLong user = whole(fields[USER_TICKS]);
    OptionalLong system = whole(fields[SYSTEM_TICKS]);
    return user.isPresent() && system.isPresent()
        ? OptionalDouble.of((user.getAsLong() + system.getAsLong()) / TICKS_PER_SECOND)
        : OptionalDouble.empty();
  }

  /** Finds the line that starts with a name and returns the number behind it. */
  private static OptionalLong number(Optional<String> text, String name, long unit) {
    for (String line : text.orElse("").lines().toList()) {
      if (line.startsWith(name)) {
        OptionalLong value = whole(line.substring(name.length()).strip().split("\\s", -1)[0]);
        return value.isPresent() ? OptionalLong.of(value.getAsLong() * unit) : value;
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong whole(String text) {
    return text.matches("[0-9]{1,15}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** Absolute paths lie below the root, too. */
  private Optional<Path> path(String directory, String place) {
    try {
      return Optional.of(root.resolve(directory).resolve(place.replaceFirst("^/+", "")));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Optional<Path> file) {
    try {
      return file.isPresent()
          ? Optional.of(new String(Files.readAllBytes(file.get()), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
