package io.modeldrift.evaluate;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.inference.Role;

/**
 * One column in one window.
 *
 * @param reference the baseline's column and what belongs to it
 * @param current the window's counts, over the baseline's bins unless the verdict says otherwise
 * @param verdict what is known about its drift
 * @param quality what is known about its bad values
 */
public record ColumnReport(
    ColumnReference reference, BinnedCounts current, ColumnVerdict verdict, ColumnQuality quality) {

  /** Returns the window's rows, missing and invalid values included. */
  public long rows() {
    return current.total();
  }

  public String name() {
    return reference.column().name();
  }

  public Role role() {
    return reference.column().role();
  }
}
