package io.modeldrift.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.ViolationCounts;
import io.modeldrift.observe.ViolationReason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QualityCheckTest {

  /** 2 % missing, 1 % unseen. */
  private static final BaselineColumn TOWN =
      Snapshots.categorical("town", Role.INPUT, 60, 37, 0, 1, 2, 0);

  @Test
  void shareSurelyAboveTheBaselines_isViolated() {
    ColumnQuality quality = check(BinnedCounts.of(60, 31, 0, 0, 9, 0), ViolationReason.MISSING, 9);

    assertThat(quality.shares()).containsOnlyKeys(ViolationReason.MISSING);
    assertThat(quality.share(ViolationReason.MISSING).orElseThrow().violated()).isTrue();
    assertThat(quality.share(ViolationReason.MISSING).orElseThrow().share()).isEqualTo(0.09);
  }

  @Test
  void shareThatChanceExplains_isNotViolated() {
    ColumnQuality quality = check(BinnedCounts.of(60, 37, 0, 0, 3, 0), ViolationReason.MISSING, 3);

    assertThat(quality.share(ViolationReason.MISSING).orElseThrow().violated()).isFalse();
  }

  @Test
  void unseenCategories_areComparedWithTheBaselinesUnseenBin() {
    BinnedCounts current = BinnedCounts.of(60, 33, 0, 7, 0, 0);

    assertThat(
            check(current, ViolationReason.UNSEEN_CATEGORY, 7)
                .share(ViolationReason.UNSEEN_CATEGORY)
                .orElseThrow()
                .violated())
        .isTrue();
    // The same share of values outside a declared list has nothing in the baseline to excuse it.
    assertThat(
            check(BinnedCounts.of(60, 36, 0, 4, 0, 0), ViolationReason.NOT_ALLOWED, 4)
                .share(ViolationReason.NOT_ALLOWED)
                .orElseThrow()
                .violated())
        .isTrue();
  }

  @Test
  void hundredMissingRows_areEmpty_ninetyNineAreNot() {
    assertThat(check(BinnedCounts.of(0, 0, 0, 0, 100, 0), ViolationReason.MISSING, 100).empty())
        .isTrue();
    assertThat(check(BinnedCounts.of(0, 0, 0, 0, 99, 0), ViolationReason.MISSING, 99).empty())
        .isFalse();
    assertThat(check(BinnedCounts.of(1, 0, 0, 0, 100, 0), ViolationReason.MISSING, 100).empty())
        .isFalse();
  }

  @Test
  void hundredRowsInOneBin_areConstant_unlessTheBaselineNearlyWas() {
    BinnedCounts one = BinnedCounts.of(100, 0, 0, 0, 0, 0);
    BaselineColumn nearlyConstant = Snapshots.categorical("town", Role.INPUT, 960, 40, 0, 0, 0, 0);

    assertThat(check(one, ViolationReason.MISSING, 0).constant()).isTrue();
    assertThat(QualityCheck.of(nearlyConstant, one, Snapshots.NO_VIOLATIONS, 0.01).constant())
        .isFalse();
  }

  @Test
  void windowWithoutRows_hasNoShares() {
    ColumnQuality quality = check(BinnedCounts.zero(6), ViolationReason.MISSING, 0);

    assertThat(quality.shares()).isEmpty();
    assertThat(quality.empty()).isFalse();
    assertThat(quality.constant()).isFalse();
  }

  private static ColumnQuality check(BinnedCounts current, ViolationReason reason, long count) {
    long[] violations = new long[ViolationReason.values().length];
    violations[Arrays.asList(ViolationReason.values()).indexOf(reason)] = count;
    return QualityCheck.of(TOWN, current, new ViolationCounts(violations), 0.01);
  }
}
