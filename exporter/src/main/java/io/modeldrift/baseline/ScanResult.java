package io.modeldrift.baseline;

import java.util.List;

/**
 * A baseline made from a source, and what a person should know about how.
 *
 * @param baseline the baseline
 * @param exactBins whether bins were laid out from all values, and not from sketches
 * @param messages what was wrong with the rows, or looks as if something else was meant
 */
public record ScanResult(Baseline baseline, boolean exactBins, List<String> messages) {

  /** Copies the messages. */
  public ScanResult {
    messages = List.copyOf(messages);
  }
}
