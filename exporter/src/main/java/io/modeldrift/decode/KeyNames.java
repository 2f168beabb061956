package io.modeldrift.decode;

import io.modeldrift.inference.InferenceBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The names that plain JSON keys stand for; each is made once.
 *
 * <p>Objects name their members in the same order again and again, so the key after the last one is
 * tried before any look-up. Bounded; not thread-safe.
 */
final class KeyNames {

  private static final int MAX_NAMES = 4096;

  private final Map<String, Integer> indexes = new HashMap<>();
  private byte[][] keys = new byte[32][];
  private String[] names = new String[32];
  private int size;
  private int next;

  /** The next key is the first one of an object. */
  void startObject() {
    next = 0;
  }

  /** Returns the text of ASCII bytes; one that is too long for a column is not kept. */
  String name(byte[] in, int from, int to) {
    if (next < size && Arrays.equals(keys[next], 0, keys[next].length, in, from, to)) {
      return names[next++];
    }
    String name = new String(in, from, to - from, StandardCharsets.US_ASCII);
    if (name.length() > InferenceBatch.MAX_NAME_CHARS) {
      return name;
    }
    Integer known = indexes.get(name);
    int index = known == null ? add(name) : known;
    next = index + 1;
    return names[index];
  }

  private int add(String name) {
    if (size == MAX_NAMES) {
      indexes.clear();
      size = 0;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      names = Arrays.copyOf(names, 2 * size);
    }
    keys[size] = name.getBytes(StandardCharsets.US_ASCII);
    names[size] = name;
    indexes.put(name, size);
    return size++;
  }
}
