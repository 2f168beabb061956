package io.modeldrift.truth;

/**
 * Finds an entry of the store by the hash of its id: hashes to small numbers, in plain arrays.
 *
 * <p>About 18 bytes an entry, and no object. It grows in {@value #PARTS} parts of their own, so
 * that growing needs no second copy of it all. Open addressing with linear probing; a removed entry
 * leaves no tombstone. Not thread-safe.
 */
final class HashIndex {

  /** What {@link #get} returns for an unknown hash. */
  static final int NONE = -1;

  private static final int PARTS = 64;
  private static final int FIRST_SLOTS = 16;
  private static final double FULL = 0.85;
  private static final long FREE = 0;

  private final Part[] parts = new Part[PARTS];

  HashIndex() {
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part();
    }
  }

  /** Returns what was put under a hash, or {@link #NONE}. */
  int get(long hash) {
    return part(hash).get(key(hash));
  }

  /** Puts a number, at least 0, under a hash in place of an earlier one. */
  void put(long hash, int reference) {
    part(hash).put(key(hash), reference);
  }

  void remove(long hash) {
    part(hash).remove(key(hash));
  }

  int size() {
    int size = 0;
    for (Part part : parts) {
      size += part.size;
    }
    return size;
  }

  private Part part(long hash) {
    return parts[(int) (hash >>> 58)];
  }

  private static long key(long hash) {
    return hash == FREE ? 1 : hash;
  }

  private static final class Part {

    private long[] keys = new long[FIRST_SLOTS];
    private int[] references = new int[FIRST_SLOTS];
    private int size;

    int get(long key) {
      int slot = find(key);
      return keys[slot] == FREE ? NONE : references[slot];
    }

    void put(long key, int reference) {
      int slot = find(key);
      if (keys[slot] == FREE) {
        if (size + 1 > FULL * keys.length) {
          grow();
          slot = find(key);
        }
        size++;
        keys[slot] = key;
      }
      references[slot] = reference;
    }

    void remove(long key) {
      int hole = find(key);
      if (keys[hole] == FREE) {
        return;
      }
      size--;
      keys[hole] = FREE;
      // Entries behind the hole that were pushed past it move back, or they would be lost.
      for (int slot = next(hole); keys[slot] != FREE; slot = next(slot)) {
        if (distance(home(keys[slot]), slot) >= distance(hole, slot)) {
          keys[hole] = keys[slot];
          references[hole] = references[slot];
          keys[slot] = FREE;
          hole = slot;
        }
      }
    }

    private int find(long key) {
      int slot = home(key);
      while (keys[slot] != FREE && keys[slot] != key) {
        slot = next(slot);
      }
      return slot;
    }

    private int home(long key) {
      return (int) (((key & 0xFFFF_FFFFL) * keys.length) >>> 32);
    }

    private int next(int slot) {
      return slot + 1 == keys.length ? 0 : slot + 1;
    }

    private int distance(int from, int to) {
      return to >= from ? to - from : to - from + keys.length;
    }

    private void grow() {
      long[] oldKeys = keys;
      int[] oldReferences = references;
      keys = new long[oldKeys.length + oldKeys.length / 4];
      references = new int[keys.length];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != FREE) {
          int slot = find(oldKeys[i]);
          keys[slot] = oldKeys[i];
          references[slot] = oldReferences[i];
        }
      }
    }
  }
}
