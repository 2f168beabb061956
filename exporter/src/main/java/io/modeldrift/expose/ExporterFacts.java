package io.modeldrift.expose;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the exporter says about itself, apart from its ledger.
 *
 * @param version of this build, for example {@code 0.1.0}
 * @param revision commit that it was built from; empty if unknown
 * @param started when the process began to take payloads
 * @param reload how the last reading of the configuration went; absent without a file
 * @param refused by reason, how often something was not counted because a cap on models, columns or
 *     the like was reached; reasons that can occur are there from the start, with 0
 */
public record ExporterFacts(
    String version,
    String revision,
    Instant started,
    Optional<Reload> reload,
    Map<String, Long> refused) {

  /** Copies the map. */
  public ExporterFacts {
    refused = Map.copyOf(refused);
  }

  /**
   * The configuration file and the exporter.
   *
   * @param successful whether the last attempt to read the file took effect
   * @param lastSuccess when a file took effect last
   */
  public record Reload(boolean successful, Instant lastSuccess) {}
}
