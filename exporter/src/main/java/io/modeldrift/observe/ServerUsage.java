package io.modeldrift.observe;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a model server uses of the machine; each is absent where it cannot be seen.
 *
 * @param server which one
 * @param cpuSeconds time on processors since the process or control group began
 * @param memoryBytes resident memory of a process, charged memory of a control group
 * @param memoryLimitBytes what a control group may use at most
 */
public record ServerUsage(
    ModelServer server,
    OptionalDouble cpuSeconds,
    OptionalLong memoryBytes,
    OptionalLong memoryLimitBytes) {

  /** Returns whether the server can be seen at all. */
  public boolean isVisible() {
    return cpuSeconds.isPresent() || memoryBytes.isPresent();
  }
}
