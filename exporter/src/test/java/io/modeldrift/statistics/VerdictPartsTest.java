package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.distribution.BinnedCounts;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictPartsTest {

  private static final BinnedCounts CHUNK = BinnedCounts.of(60, 40);

  @Test
  void dispersion_ofTenEqualChunks_isThatOfIndependentRows() {
    assertThat(Dispersion.of(Collections.nCopies(10, CHUNK))).isEqualTo(new Dispersion(1, 1, true));
  }

  @Test
  void dispersion_ofFewerThanTenChunks_isUnknown() {
    assertThat(Dispersion.of(Collections.nCopies(9, CHUNK))).isEqualTo(Dispersion.UNKNOWN);
  }

  @Test
  void dispersion_ofAChunkWithOneRowTooFew_isUnknown() {
    List<BinnedCounts> chunks =
        Stream.concat(Collections.nCopies(10, CHUNK).stream(), Stream.of(BinnedCounts.of(59, 40)))
            .toList();

    assertThat(Dispersion.of(chunks)).isEqualTo(Dispersion.UNKNOWN);
  }

  @Test
  void dispersion_ofASingleOccupiedBin_isUnknown() {
    assertThat(Dispersion.of(Collections.nCopies(10, BinnedCounts.of(100, 0))))
        .isEqualTo(Dispersion.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"0, 5, 0", "3, 2, 1", "2, 5, 2", "3, 65, 1", "3, 5, -1"})
  void votingRule_outOfOrder_isRefused(int raise, int of, int clear) {
    assertThatThrownBy(() -> new VotingRule(raise, of, clear))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 <= clear < raise <= of <= 64");
  }

  @Test
  void ballot_ofTheLongestMemory_remembersSixtyFourVotes() {
    Ballot ballot = Ballot.empty(new VotingRule(64, 64, 0));
    for (int i = 0; i < 63; i++) {
      ballot = ballot.with(DriftState.DRIFTED);
    }
    assertThat(ballot.state()).isEqualTo(DriftState.STABLE);
    assertThat(ballot.with(DriftState.DRIFTED).state()).isEqualTo(DriftState.DRIFTED);
  }

  @Test
  void drifted_countsAsWarningToo() {
    Ballot ballot = Ballot.empty(VotingRule.withDefaults());
    for (DriftState level : List.of(DriftState.DRIFTED, DriftState.WARNING, DriftState.DRIFTED)) {
      ballot = ballot.with(level);
    }
    assertThat(ballot.state()).isEqualTo(DriftState.WARNING);
  }

  @Test
  void corrections_ofNoColumns_leaveTheLevelAlone() {
    for (Correction correction : Correction.values()) {
      assertThat(correction.effectiveLevel(new double[0], 0.01)).isEqualTo(0.01);
    }
  }

  @Test
  void bonferroni_sharesTheLevelEqually() {
    double[] pValues = {0.004, 0.3};

    assertThat(Correction.BONFERRONI.effectiveLevel(pValues, 0.01)).isEqualTo(0.005);
    assertThat(Correction.NONE.effectiveLevel(pValues, 0.01)).isEqualTo(0.01);
  }

  @Test
  void labels_areFoundAgain_andUnknownOnesNameTheAlternatives() {
    for (Measure measure : Measure.values()) {
      assertThat(Measure.ofLabel(measure.label())).isEqualTo(measure);
    }
    for (Recipe recipe : Recipe.values()) {
      assertThat(Recipe.ofLabel(recipe.label())).isEqualTo(recipe);
    }
    assertThatThrownBy(() -> Measure.ofLabel("emd"))
        .hasMessageStartingWith("unknown measure \"emd\"; there are psi, kl, ");
    assertThatThrownBy(() -> Recipe.ofLabel("nannyml"))
        .hasMessageStartingWith("unknown recipe \"nannyml\"; there are half_count, ");
  }

  @Test
  void recipe_forAMeasureTheToolDoesNotHave_isRefused() {
    BinnedPair pair = BinnedPair.unordered(CHUNK, CHUNK);

    assertThatThrownBy(() -> Recipe.SCOUTER.score(Measure.KL, pair))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("recipe scouter does not apply to measure kl");
  }

  @Test
  void recipeDeequ_forgivesDifferencesThatNoiseExplains() {
    BinnedPair pair =
        BinnedPair.ordered(BinnedCounts.of(50, 50), BinnedCounts.of(56, 44), 2, Double.NaN);

    assertThat(Recipe.DEEQU.score(Measure.KS, pair)).isEqualTo(new Result.Value(0));
    double own = ((Result.Value) Measure.L_INFINITY.score(pair)).value();
    double noise = Math.sqrt(-Math.log(0.05 / 2) / 2) * Math.sqrt(pair.noiseUnit());
    assertThat(Recipe.DEEQU.scoreAtLevel(Measure.L_INFINITY, pair, 0.05))
        .isEqualTo(new Result.Value(Math.max(0, own - noise)));
    assertThatThrownBy(() -> Recipe.DEEQU.scoreAtLevel(Measure.PSI, pair, 0.05))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Recipe.DEEQU.scoreAtLevel(Measure.KS, pair, 1))
        .hasMessage("significance level 1.0 is not in (0, 1)");
    assertThat(Measure.KS.score(pair).asOptional().orElseThrow()).isCloseTo(0.06, within(1e-15));
  }

  @Test
  void score_ofAnEmptySide_isAbsentWithItsReason() {
    BinnedCounts none = BinnedCounts.zero(2);
    for (Measure measure : Measure.values()) {
      assertThat(measure.score(BinnedPair.ordered(none, CHUNK, 2, 1)))
          .isEqualTo(Result.absent(Result.Reason.NO_BASELINE));
      assertThat(measure.score(BinnedPair.ordered(CHUNK, none, 2, 1)))
          .isEqualTo(Result.absent(Result.Reason.NO_ROWS));
    }
  }

  @Test
  void orderedMeasures_ofRowsWithoutValues_areAbsent() {
    BinnedCounts missingOnly = BinnedCounts.of(new long[] {0, 0, 50}, new double[3]);
    BinnedCounts values = BinnedCounts.of(new long[] {30, 20, 0}, new double[] {3, 40, 0});
    BinnedPair pair = BinnedPair.ordered(values, missingOnly, 2, 1);

    assertThat(Measure.KS.score(pair)).isEqualTo(Result.absent(Result.Reason.NOT_DEFINED));
    assertThat(Measure.WASSERSTEIN.score(pair)).isEqualTo(Result.absent(Result.Reason.NOT_DEFINED));
    assertThat(Measure.TOTAL_VARIATION.score(pair)).isEqualTo(new Result.Value(1));
  }

  @Test
  void pair_ofDifferentBins_isRefused() {
    assertThatThrownBy(() -> BinnedPair.unordered(CHUNK, BinnedCounts.of(1, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("baseline has 2 bins, current has 3");
    assertThatThrownBy(() -> BinnedPair.ordered(CHUNK, CHUNK, 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 value bins do not fit into 2");
  }

  @Test
  void rollUp_ofWeightsThatAreAllZero_hasNoMean() {
    RollUp rollUp =
        RollUp.of(List.of(new RollUp.Part(DriftState.WARNING, 0.4, 0, 0.5))).orElseThrow();

    assertThat(rollUp.weightedMeanDrift()).isEqualTo(Result.absent(Result.Reason.NOT_DEFINED));
    assertThat(rollUp.warningOrDriftedShare()).isEqualTo(1);
  }

  @Test
  void result_refusesWhatIsNotFinite() {
    assertThatThrownBy(() -> new Result.Value(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Result.ofFinite(Double.POSITIVE_INFINITY))
        .isEqualTo(Result.absent(Result.Reason.NOT_DEFINED));
  }
}
