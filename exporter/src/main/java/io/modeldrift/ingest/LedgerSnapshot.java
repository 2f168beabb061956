package io.modeldrift.ingest;

import java.util.Map;

/**
 * The books at one moment: {@code received} = {@code waiting} + the sum of all outcomes.
 *
 * @param received payloads that arrived since the start
 * @param waiting payloads that have not ended yet
 * @param outcomes payloads that ended, by how; lines that can occur are there from the start, with
 *     0
 */
public record LedgerSnapshot(long received, long waiting, Map<LedgerKey, Long> outcomes) {

  /** Copies the map. */
  public LedgerSnapshot {
    outcomes = Map.copyOf(outcomes);
  }

  /** Returns how many payloads ended so. */
  public long count(Outcome outcome) {
    return outcomes.entrySet().stream()
        .filter(line -> line.getKey().outcome() == outcome)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
