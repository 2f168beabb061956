package io.modeldrift.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random changes to sound input: the short form of a coverage-guided fuzzer. */
public final class Mutations {

  private static final byte[] INTERESTING =
      "{}[]\",:\\0123456789-+.eEnatrufIi \n\0\u007f".getBytes(StandardCharsets.US_ASCII);

  private Mutations() {}

  /** Returns a copy of a seed with one to four changes, some of which splice in other seeds. */
  public static byte[] changed(byte[] seed, List<byte[]> seeds, Random random) {
    byte[] bytes = seed.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = INTERESTING[random.nextInt(INTERESTING.length)];
        case 2 -> bytes = join(Arrays.copyOf(bytes, at + 1), tail(bytes, random));
        case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 4 -> bytes = join(Arrays.copyOf(bytes, at + 1), bytes);
        default ->
            bytes =
                join(
                    Arrays.copyOf(bytes, at + 1),
                    tail(seeds.get(random.nextInt(seeds.size())), random));
      }
    }
    return bytes;
  }

  /** Returns the parts one after the other. */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] tail(byte[] bytes, Random random) {
    return Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length);
  }
}
