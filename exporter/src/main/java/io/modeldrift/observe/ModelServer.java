package io.modeldrift.observe;

import io.modeldrift.inference.ModelKey;

/**
 * Where the process that serves a model can be seen.
 *
 * @param model name of the model
 * @param version empty for all versions
 * @param kind what {@code place} is
 * @param place process id, file with a process id, or path of a control group below {@code
 *     /sys/fs/cgroup}
 */
public record ModelServer(String model, String version, Kind kind, String place) {

  /** The ways to find a process. */
  public enum Kind {
    PID,
    PID_FILE,
    /** A control group of version 2; holds what all processes of a container use. */
    CGROUP
  }

  /** Returns whether a model version is served there. */
  public boolean serves(ModelKey key) {
    return model.equals(key.name()) && (version.isEmpty() || version.equals(key.version()));
  }
}
