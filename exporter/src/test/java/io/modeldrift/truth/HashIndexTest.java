package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashIndexTest {

  /** Few different hashes, and many that share their low bits, so that probes run into others. */
  @Test
  void index_manyChanges_isAMap_seed7() {
    Random random = new Random(7);
    HashIndex index = new HashIndex();
    Map<Long, Integer> expected = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      long part = (long) random.nextInt(64) << 58;
      long hash = part + random.nextInt(40) * 1024L + random.nextInt(3);
      if (random.nextInt(3) == 0) {
        index.remove(hash);
        expected.remove(key(hash));
      } else {
        index.put(hash, i);
        expected.put(key(hash), i);
      }
    }

    assertThat(index.size()).isEqualTo(expected.size());
    expected.forEach((hash, reference) -> assertThat(index.get(hash)).isEqualTo(reference));
  }

  /** The hash 0 is kept as 1. */
  private static long key(long hash) {
    return hash == 0 ? 1 : hash;
  }

  @Test
  void unknownHash_isNone() {
    HashIndex index = new HashIndex();
    index.put(42, 7);
    index.remove(42);

    assertThat(index.get(42)).isEqualTo(HashIndex.NONE);
    assertThat(index.size()).isZero();
  }

  @Test
  void reference_keepsTheNumberBeyondItsBits() {
    long number = (5L << 29) + 3;

    int reference = Reference.of(Reference.END, number);

    assertThat(Reference.kind(reference)).isEqualTo(Reference.END);
    assertThat(Reference.number(reference, number + 1)).isEqualTo(number);
    assertThat(Reference.number(reference, number + 1_000_000)).isEqualTo(number);
  }
}
