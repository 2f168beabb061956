package io.modeldrift.evaluate;

import io.modeldrift.observe.ViolationReason;
import io.modeldrift.statistics.ShareCheck;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bad values of one column in one window.
 *
 * @param shares for every reason that occurred: its share of the rows, and whether that is surely
 *     more than the baseline's
 * @param empty whether all of at least 100 rows are missing
 * @param constant whether at least 100 rows all lie in one bin, though no bin held more than 95 %
 *     of the baseline
 */
public record ColumnQuality(
    Map<ViolationReason, ShareCheck> shares, boolean empty, boolean constant) {

  /** Copies the map. */
  public ColumnQuality {
    EnumMap<ViolationReason, ShareCheck> copy = new EnumMap<>(ViolationReason.class);
    copy.putAll(shares);
    shares = Collections.unmodifiableMap(copy);
  }

  /** Returns the share of a reason, if it occurred. */
  public Optional<ShareCheck> share(ViolationReason reason) {
    return Optional.ofNullable(shares.get(reason));
  }
}
