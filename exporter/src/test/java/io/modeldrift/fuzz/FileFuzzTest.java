package io.modeldrift.fuzz;

import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of {@code make fuzz} for files: the same changes in every run. */
class FileFuzzTest {

  private static final int CHANGES_PER_SEED = 60;

  @Test
  void seeds_andPrefixesOfThem_areReadOrRefused() {
    for (byte[] seed : FileFuzz.seeds()) {
      for (int length = 1; length <= seed.length; length += 1 + seed.length / 40) {
        read(Arrays.copyOf(seed, length));
      }
      read(seed);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void changedFiles_areReadOrRefused(long randomSeed) {
    Random random = new Random(randomSeed);
    List<byte[]> seeds = FileFuzz.seeds();
    for (byte[] seed : seeds) {
      for (int i = 0; i < CHANGES_PER_SEED; i++) {
        read(Mutations.changed(seed, seeds, random));
      }
    }
  }

  private static void read(byte[] input) {
    assertThatNoException()
        .as(() -> new String(input, StandardCharsets.ISO_8859_1))
        .isThrownBy(() -> FileFuzz.fuzzerTestOneInput(input));
  }
}
