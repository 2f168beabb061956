package io.modeldrift.evaluate;

import io.modeldrift.inference.Role;

/**
 * One column in one window.
 *
 * @param reference the baseline's column and what belongs to it
 * @param rows the window's rows, missing and invalid values included
 * @param verdict what is known about its drift
 * @param quality what is known about its bad values
 */
public record ColumnReport(
    ColumnReference reference, long rows, ColumnVerdict verdict, ColumnQuality quality) {

  public String name() {
    return reference.column().name();
  }

  public Role role() {
    return reference.column().role();
  }
}
