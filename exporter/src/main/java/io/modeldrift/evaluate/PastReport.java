package io.modeldrift.evaluate;

import java.util.List;

/**
 * A window compared with earlier traffic, once per span of the window.
 *
 * @param against which earlier traffic
 * @param columns verdicts in the order of the baseline's columns; a state is that of this one
 *     comparison, without votes
 */
public record PastReport(Against against, List<ColumnVerdict> columns) {

  /** Copies the list. */
  public PastReport {
    columns = List.copyOf(columns);
  }

  /** Which earlier traffic a window is compared with. */
  public enum Against {
    /** The window before it. */
    PREVIOUS("previous"),
    /** The same window one season ago. */
    SEASON("season");

    private final String label;

    Against(String label) {
      this.label = label;
    }

    /** Returns the value of the {@code against} label. */
    public String label() {
      return label;
    }
  }
}
