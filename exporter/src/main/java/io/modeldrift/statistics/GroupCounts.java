package io.modeldrift.statistics;

/**
 * What happened to the rows of one group of people.
 *
 * @param rows predictions made
 * @param selected predicted positive
 * @param outcomes those of them whose ground truth is known
 */
public record GroupCounts(long rows, long selected, BinaryConfusion outcomes) {

  public GroupCounts {
    if (selected < 0 || selected > rows) {
      throw new IllegalArgumentException(selected + " of " + rows + " is not a share");
    }
  }
}
