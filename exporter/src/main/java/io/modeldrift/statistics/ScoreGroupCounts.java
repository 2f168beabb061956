package io.modeldrift.statistics;

/** Rows, sums of scores and positives per group of scores. Takes over its arrays. */
final class ScoreGroupCounts {

  private final long[] rows;
  private final double[] scores;
  private final long[] positives;

  ScoreGroupCounts(long[] rows, double[] scores, long[] positives) {
    this.rows = rows;
    this.scores = scores;
    this.positives = positives;
  }

  int size() {
    return rows.length;
  }

  long rows(int group) {
    return rows[group];
  }

  double scores(int group) {
    return scores[group];
  }

  long positives(int group) {
    return positives[group];
  }

  long total() {
    long total = 0;
    for (long count : rows) {
      total += count;
    }
    return total;
  }
}
