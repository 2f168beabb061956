package io.modeldrift.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where JSON values begin and end, without looking at what they say.
 *
 * <p>This is what lets a decoder find the parts of a payload in whatever order they come, tell a
 * body that was cut from one that is broken, and recognise a format before it is parsed. It checks
 * nesting and the ends of strings; everything else is left to the parser that reads the value.
 *
 * <p>Each pass is linear in the bytes; it allocates a hundred bytes at most. Stateless and
 * thread-safe.
 */
final class JsonScan {

  /** The deepest nesting of arrays and objects that is read. */
  static final int MAX_DEPTH = 100;

  /** Whether a byte opens or closes something; the others are most of every body. */
  private static final boolean[] STRUCTURE = new boolean[256];

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  static {
    for (char c : "\"{}[]".toCharArray()) {
      STRUCTURE[c] = true;
    }
  }

  private JsonScan() {}

  /** Returns the first position that holds neither white space nor a byte order mark. */
  static int skipBlank(Slice in, int position) {
    int p = position;
    while (p < in.to()) {
      byte b = in.at(p);
      if (b == (byte) 0xEF && isByteOrderMark(in, p)) {
        p += 3;
      } else if (isBlank(b)) {
        p++;
      } else {
        break;
      }
    }
    return p;
  }

  private static boolean isByteOrderMark(Slice in, int p) {
    return p == in.from()
        && in.to() - p >= 3
        && in.at(p + 1) == (byte) 0xBB
        && in.at(p + 2) == (byte) 0xBF;
  }

  /**
   * Returns one past the last byte of the value that begins at this position.
   *
   * @param depth how many arrays and objects are open around it
   * @throws Rejection if the input ends within the value, or nothing like a value begins here
   */
  static int skipValue(Slice in, int position, int depth) {
    if (position >= in.to()) {
      throw truncated();
    }
    byte first = in.at(position);
    if (first == '"') {
      return skipString(in, position);
    }
    return first == '{' || first == '['
        ? skipNested(in, position, depth)
        : skipScalar(in, position);
  }

  private static int skipNested(Slice in, int position, int outerDepth) {
    int depth = outerDepth + 1;
    if (depth > MAX_DEPTH) {
      throw new Rejection(RejectReason.DEPTH, "nested deeper than " + MAX_DEPTH);
    }
    byte[] bytes = in.bytes();
    int to = in.to();
    int close = bytes[position] == '{' ? '}' : ']';
    int p = position + 1;
    while (p < to) {
      byte b = bytes[p];
      if (!STRUCTURE[b & 0xff]) {
        p = skipPlain(bytes, p + 1, to);
      } else if (b == '"') {
        p = skipString(in, p);
      } else if (b == '{' || b == '[') {
        p = skipNested(in, p, depth);
      } else if (b == close) {
        return p + 1;
      } else {
        throw new Rejection(RejectReason.BAD_JSON, "brackets do not match");
      }
    }
    throw truncated();
  }

  /** Skips eight bytes at a time as long as none of them opens or closes anything. */
  private static int skipPlain(byte[] bytes, int position, int to) {
    int p = position;
    while (p + Long.BYTES <= to) {
      long eight = (long) EIGHT.get(bytes, p);
      long brackets = eight | 0x20 * ONES; // as if all were braces
      if ((zeros(eight ^ '"' * ONES) | zeros(brackets ^ '{' * ONES) | zeros(brackets ^ '}' * ONES))
          != 0) {
        return p;
      }
      p += Long.BYTES;
    }
    return p;
  }

  /** Returns something other than 0 if a byte is 0 (Mycroft 1987). */
  private static long zeros(long eight) {
    return (eight - ONES) & ~eight & HIGH_BITS;
  }

  /** Returns one past the closing quote of the string that begins at this position. */
  static int skipString(Slice in, int position) {
    byte[] bytes = in.bytes();
    int to = in.to();
    for (int p = position + 1; p < to; p++) {
      byte b = bytes[p];
      if (b == '"') {
        return p + 1;
      }
      if (b == '\\') {
        p++;
      }
    }
    throw truncated();
  }

  private static int skipScalar(Slice in, int position) {
    int p = position;
    while (p < in.to() && isScalarByte(in.at(p))) {
      p++;
    }
    if (p == position) {
      throw new Rejection(RejectReason.BAD_JSON, "a value is missing");
    }
    return p;
  }

  private static boolean isScalarByte(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '+'
        || b == '.';
  }

  /** Returns how many scalars a value holds; commas between them are what is counted. */
  static int countLeaves(Slice in, int from, int to) {
    int leaves = 0;
    boolean inScalar = false;
    for (int p = from; p < to; ) {
      byte b = in.at(p);
      if (b == '"') {
        p = skipString(in, p);
        leaves++;
        inScalar = false;
      } else {
        boolean scalar = isScalarByte(b);
        if (scalar && !inScalar) {
          leaves++;
        }
        inScalar = scalar;
        p++;
      }
    }
    return leaves;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  static Rejection truncated() {
    return new Rejection(RejectReason.TRUNCATED, "the payload ends before its JSON does");
  }
}
