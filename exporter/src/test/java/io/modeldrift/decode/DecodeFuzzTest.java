package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThatNoException;

import io.modeldrift.fuzz.Mutations;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of {@code make fuzz}: random changes to sound payloads, the same in every run. */
class DecodeFuzzTest {

  private static final int CHANGES_PER_SEED = 40;

  @Test
  void seeds_andEveryPrefixOfThem_areDecoded() {
    for (byte[] seed : DecodeFuzz.seeds()) {
      int step = 1 + seed.length / 40;
      for (int length = 1; length <= seed.length; length += step) {
        decode(Arrays.copyOf(seed, length));
      }
      decode(seed);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void changedPayloads_areDecoded(long randomSeed) {
    Random random = new Random(randomSeed);
    List<byte[]> seeds = DecodeFuzz.seeds();
    for (byte[] seed : seeds) {
      for (int i = 0; i < CHANGES_PER_SEED; i++) {
        decode(Mutations.changed(seed, seeds, random));
      }
    }
  }

  private static void decode(byte[] input) {
    assertThatNoException()
        .as(() -> Arrays.toString(input))
        .isThrownBy(() -> DecodeFuzz.fuzzerTestOneInput(input));
  }
}
