package io.modeldrift.distribution;

/**
 * A 64-bit hash of a text: FNV-1a over its UTF-16 code units, finished with the mixer of
 * splitmix64.
 *
 * <p>Part of the baseline format: the categories that have no bin of their own are kept as these
 * hashes, so it must never change.
 */
public final class TextHash {

  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private TextHash() {}

  /** Returns the hash of part of an array; allocates nothing. */
  public static long of(char[] chars, int offset, int length) {
    long hash = OFFSET_BASIS;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ chars[i]) * PRIME;
    }
    return mixed(hash);
  }

  /** Returns the hash of a text; allocates nothing. */
  public static long of(CharSequence text) {
    long hash = OFFSET_BASIS;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return mixed(hash);
  }

  private static long mixed(long hash) {
    long h = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
    return h ^ (h >>> 31);
  }
}
