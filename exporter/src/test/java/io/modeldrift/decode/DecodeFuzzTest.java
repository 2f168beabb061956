package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of {@code make fuzz}: random changes to sound payloads, the same in every run. */
class DecodeFuzzTest {

  private static final int CHANGES_PER_SEED = 40;
  private static final byte[] INTERESTING =
      "{}[]\",:\\0123456789-+.eEnatrufIi \n\0\u007f".getBytes(StandardCharsets.US_ASCII);

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
        decode(changed(seed, seeds, random));
      }
    }
  }

  private static void decode(byte[] input) {
    assertThatNoException()
        .as(() -> Arrays.toString(input))
        .isThrownBy(() -> DecodeFuzz.fuzzerTestOneInput(input));
  }

  private static byte[] changed(byte[] seed, List<byte[]> seeds, Random random) {
    byte[] bytes = seed.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = INTERESTING[random.nextInt(INTERESTING.length)];
        case 2 -> bytes = Hex.join(Arrays.copyOf(bytes, at + 1), tail(bytes, random));
        case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 4 -> bytes = Hex.join(Arrays.copyOf(bytes, at + 1), bytes);
        default ->
            bytes =
                Hex.join(
                    Arrays.copyOf(bytes, at + 1),
                    tail(seeds.get(random.nextInt(seeds.size())), random));
      }
    }
    return bytes;
  }

  private static byte[] tail(byte[] bytes, Random random) {
    return Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length);
  }
}
