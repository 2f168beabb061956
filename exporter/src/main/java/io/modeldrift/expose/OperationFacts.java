package io.modeldrift.expose;

import java.util.Map;
import java.util.Optional;

/**
 * How the exporter's surroundings treat it: who was turned away, whether its files are usable.
 *
 * @param refusedRequests by reason, requests that were turned away before anybody looked at them
 * @param accessFilesUsable whether certificates, users and tokens in force are those of the files;
 *     absent without such files
 * @param snapshots how saving the state went; absent if it is kept in memory only
 * @param graveLogLines errors and warnings by level, those left out of the log included
 * @param suppressedLogLines lines left out of the log because they repeated others
 * @param sampleRatio share of the payloads that are observed
 */
public record OperationFacts(
    Map<String, Long> refusedRequests,
    Optional<Boolean> accessFilesUsable,
    Optional<SnapshotFacts> snapshots,
    Map<String, Long> graveLogLines,
    long suppressedLogLines,
    double sampleRatio) {

  /** Copies the maps. */
  public OperationFacts {
    refusedRequests = Map.copyOf(refusedRequests);
    graveLogLines = Map.copyOf(graveLogLines);
  }
}
