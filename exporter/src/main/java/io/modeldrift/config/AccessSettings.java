package io.modeldrift.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the exporter listens and who gets in.
 *
 * @param listen address of everything, or of everything but the intake if that has its own
 * @param webConfig web configuration file of that address; empty for plain HTTP for everybody
 * @param ingestListen address of the intake alone; empty if it shares the other
 * @param ingestWebConfig web configuration file of the intake's own address
 * @param tokenFiles files with tokens for {@code /api/…}, one a line; none if nobody needs one
 * @param rowDoors whether doors that hand out rows, such as reviews, are open
 */
public record AccessSettings(
    ListenAddress listen,
    Optional<Path> webConfig,
    Optional<ListenAddress> ingestListen,
    Optional<Path> ingestWebConfig,
    List<Path> tokenFiles,
    boolean rowDoors) {

  /** Copies the list. */
  public AccessSettings {
    tokenFiles = List.copyOf(tokenFiles);
  }
}
