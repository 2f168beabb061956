package io.modeldrift.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreLayoutTest {

  @Test
  void threshold_isAnEdgeAndBelongsToThePositiveSide() {
    ScoreLayout layout = ScoreLayout.ofQuantiles(sortedScores(1000), 20, 0.377);

    assertThat(layout.edges()).contains(0.377);
    assertThat(layout.indexOf(Math.nextDown(0.377))).isEqualTo(layout.indexOf(0.377) - 1);
  }

  @Test
  void thresholdOutsideTheScores_stillDividesThem() {
    double[] scores = {0.6, 0.7, 0.8};

    ScoreLayout below = ScoreLayout.ofQuantiles(scores, 20, 0.5);
    assertThat(below.indexOf(0.5)).isEqualTo(1);
    ScoreLayout above = ScoreLayout.ofQuantiles(scores, 20, 0.9);
    assertThat(above.indexOf(0.8)).isLessThan(above.indexOf(0.9));
  }

  @Test
  void quantiles_fillBinsEqually() {
    double[] scores = sortedScores(10_000);
    ScoreLayout layout = ScoreLayout.ofQuantiles(scores, 200, 0.5);

    long[] counts = new long[layout.bins()];
    for (double score : scores) {
      counts[layout.indexOf(score)]++;
    }

    assertThat(layout.bins()).isEqualTo(201);
    assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThanOrEqualTo(50);
  }

  @Test
  void scoreThatFillsABin_hasItsOwn() {
    double[] scores = new double[100];
    Arrays.fill(scores, 0, 50, 0.25);
    for (int i = 50; i < 100; i++) {
      scores[i] = i / 100.0;
    }
    ScoreLayout layout = ScoreLayout.ofQuantiles(scores, 20, 0.5);

    assertThat(layout.indexOf(0.25)).isLessThan(layout.indexOf(Math.nextUp(0.25)));
  }

  @Test
  void noScores_giveEqualBins() {
    ScoreLayout layout = ScoreLayout.ofQuantiles(new double[0], 200, 0.5);

    assertThat(layout).isEqualTo(ScoreLayout.ofEqualWidth(0.5));
    assertThat(layout.bins()).isEqualTo(ScoreLayout.EQUAL_BINS);
    assertThat(layout.indexOf(1.0)).isEqualTo(ScoreLayout.EQUAL_BINS - 1);
  }

  @Test
  void covers_isTheRangeOfTheBaseline() {
    ScoreLayout layout = ScoreLayout.ofQuantiles(new double[] {0.1, 0.4, 0.9}, 20, 0.5);

    assertThat(layout.covers(0.1)).isTrue();
    assertThat(layout.covers(0.9)).isTrue();
    assertThat(layout.covers(0.95)).isFalse();
    assertThat(layout.covers(Double.NaN)).isFalse();
  }

  @Test
  void edgeThatIsNoNumber_isRefused() {
    assertThatThrownBy(() -> ScoreLayout.of(new double[] {Double.NaN}, 0.5, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("NaN is not finite");
  }

  private static double[] sortedScores(int rows) {
    return new Random(7).doubles(rows).sorted().toArray();
  }
}
