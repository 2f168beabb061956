package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short form of fuzzing saved state: random changes, the same in every run. */
class StateFuzzTest {

  @Test
  void changedState_isRestoredOrRefused() throws IOException {
    List<byte[]> seeds = StateFuzz.seeds();
    assertThat(seeds).as("one of each kind at least").hasSizeGreaterThanOrEqualTo(12);
    Random random = new Random(1);
    for (byte[] seed : seeds) {
      restore(seed);
      for (int i = 0; i < 15; i++) {
        byte[] changed = Arrays.copyOf(seed, 1 + random.nextInt(seed.length));
        int changes = random.nextInt(4);
        for (int c = 0; c < changes; c++) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        changed[0] = seed[0];
        restore(changed);
      }
    }
  }

  private static void restore(byte[] input) {
    assertThatNoException()
        .as(() -> Arrays.toString(input))
        .isThrownBy(() -> StateFuzz.fuzzerTestOneInput(input));
  }
}
