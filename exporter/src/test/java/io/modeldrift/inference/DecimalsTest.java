package io.modeldrift.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecimalsTest {

  private static final long MAX = 1_000_000_000_000_000_000L;

  @Test
  void anyDigitsAndScale_giveTheNearestDoubleOrNone() {
    SplittableRandom random = new SplittableRandom(1);
    int unknown = 0;
    for (int i = 0; i < 300_000; i++) {
      long mantissa = random.nextLong(MAX + 1) >>> random.nextInt(40);
      int scale = random.nextInt(-22, 1);

      double nearest = Decimals.nearest(mantissa, scale);

      if (Double.isNaN(nearest)) {
        unknown++;
      } else {
        assertThat(nearest).isEqualTo(Double.parseDouble(mantissa + "E" + scale));
      }
    }
    assertThat(unknown).isLessThan(300);
  }

  @Test
  void ties_areRoundedToEvenOrLeftOpen() {
    // 2^53 + 1 lies in the middle between two doubles, and so does its tenfold divided by ten.
    assertThat(Decimals.nearest((1L << 53) + 1, 0)).isEqualTo(0x1p53);
    assertThat(Decimals.nearest(((1L << 53) + 1) * 10, -1)).isIn(0x1p53, Double.NaN);
    assertThat(Decimals.nearest((1L << 53) + 3, 0)).isEqualTo(0x1p53 + 4);
  }

  @Test
  void everyDoubleWrittenByJava_isReadBack() {
    SplittableRandom random = new SplittableRandom(2);
    NumberText text = new NumberText();
    for (int i = 0; i < 100_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      char[] chars = Double.toString(number).toCharArray();

      assertThat(text.parse(chars, 0, chars.length)).isTrue();
      assertThat(Double.valueOf(text.value())).isEqualTo(Double.valueOf(number));
    }
  }

  @Test
  void extremeScale_isLeftOpen() {
    assertThat(Decimals.nearest(1, 23)).isNaN();
    assertThat(Decimals.nearest(1, -23)).isNaN();
    assertThat(Decimals.nearest(MAX, 1)).isNaN();
    assertThat(Decimals.nearest(0, 0)).isZero();
  }
}
