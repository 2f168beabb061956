package io.modeldrift.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One bin's part of a drift score (PSI), which says which bin moved, and which way.
 *
 * @param bin index of the bin in its layout
 * @param value the bin's PSI term, at least 0; the terms of all bins add up to the PSI
 * @param rising whether the bin's share is larger now than in the baseline
 */
public record Contribution(int bin, double value, boolean rising) {

  /** Returns the value with the sign of the change: negative when the bin's share fell. */
  public double signed() {
    return rising ? value : -value;
  }

  /** Returns at most {@code count} contributions that are not 0, the largest first. */
  public static List<Contribution> largest(BinnedPair pair, int count) {
    List<Contribution> all = new ArrayList<>();
    for (int bin = 0; bin < pair.bins(); bin++) {
      double value = Divergences.psiTerm(pair, bin);
      if (value > 0) {
        boolean rising = pair.smoothedCurrentShare(bin) > pair.smoothedBaselineShare(bin);
        all.add(new Contribution(bin, value, rising));
      }
    }
    all.sort(Comparator.comparingDouble(Contribution::value).reversed());
    return List.copyOf(all.subList(0, Math.min(count, all.size())));
  }
}
