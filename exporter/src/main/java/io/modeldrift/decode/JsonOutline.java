package io.modeldrift.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one JSON object and where their values lie, without the values being read.
 *
 * <p>Of a key that occurs twice the last value counts.
 */
final class JsonOutline {

  /** Far more than a payload may have columns; each takes more memory here than in the body. */
  private static final int MAX_KEYS = 1 << 16;

  private final Slice in;
  private int[] bounds = new int[32];
  private int size;
  private int end;

  private JsonOutline(Slice in) {
    this.in = in;
  }

  /**
   * Outlines the object that the slice begins with; bytes after it are not looked at.
   *
   * @param depth how many arrays and objects are open around it
   * @throws Rejection if it is no object, or is cut or broken between its values
   */
  static JsonOutline of(Slice object, int depth) {
    JsonOutline outline = new JsonOutline(object);
    outline.scan(depth + 1);
    return outline;
  }

  /** Returns the outline of an object, or null if there is none, or a broken one. */
  static @Nullable JsonOutline ofObject(Slice value, int depth) {
    if (value.length() == 0 || !Json.isObject(value)) {
      return null;
    }
    try {
      return of(value, depth);
    } catch (Rejection e) {
      return null; // whoever reads the value will say why
    }
  }

  private void scan(int depth) {
    int p = JsonScan.skipBlank(in, in.from());
    if (p >= in.to() || in.at(p) != '{') {
      throw new Rejection(RejectReason.BAD_SHAPE, "an object is expected");
    }
    p = JsonScan.skipBlank(in, p + 1);
    if (p < in.to() && in.at(p) == '}') {
      end = p + 1;
      return;
    }
    while (true) {
      p = scanEntry(p, depth);
      if (p >= in.to()) {
        throw JsonScan.truncated();
      }
      if (in.at(p) == '}') {
        end = p + 1;
        return;
      }
      if (in.at(p) != ',') {
        throw new Rejection(RejectReason.BAD_JSON, "a comma is missing between object members");
      }
      p = JsonScan.skipBlank(in, p + 1);
    }
  }

  private int scanEntry(int keyStart, int depth) {
    if (keyStart >= in.to()) {
      throw JsonScan.truncated();
    }
    if (in.at(keyStart) != '"') {
      throw new Rejection(RejectReason.BAD_JSON, "an object key is not a string");
    }
    int keyEnd = JsonScan.skipString(in, keyStart);
    int colon = JsonScan.skipBlank(in, keyEnd);
    if (colon >= in.to()) {
      throw JsonScan.truncated();
    }
    if (in.at(colon) != ':') {
      throw new Rejection(RejectReason.BAD_JSON, "a colon is missing after an object key");
    }
    int valueStart = JsonScan.skipBlank(in, colon + 1);
    int valueEnd = JsonScan.skipValue(in, valueStart, depth);
    add(keyStart, keyEnd, valueStart, valueEnd);
    return JsonScan.skipBlank(in, valueEnd);
  }

  private void add(int keyStart, int keyEnd, int valueStart, int valueEnd) {
    if (size == MAX_KEYS) {
      throw new Rejection(RejectReason.TOO_LARGE, "an object has more than " + MAX_KEYS + " keys");
    }
    int at = 4 * size++;
    if (at == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[at] = keyStart;
    bounds[at + 1] = keyEnd;
    bounds[at + 2] = valueStart;
    bounds[at + 3] = valueEnd;
  }

  int size() {
    return size;
  }

  /** Returns one past the closing brace. */
  int end() {
    return end;
  }

  /** Returns the key at this index; an object of its own for each call. */
  String key(int index) {
    return Json.text(in.between(bounds[4 * index], bounds[4 * index + 1]));
  }

  Slice value(int index) {
    return in.between(bounds[4 * index + 2], bounds[4 * index + 3]);
  }

  boolean has(String key) {
    return indexOf(key) >= 0;
  }

  /** Returns the value of the key, or null if the object lacks it. */
  @Nullable Slice find(String key) {
    int index = indexOf(key);
    return index < 0 ? null : value(index);
  }

  /** Returns the value of the key if it is there and not null. */
  @Nullable Slice findGiven(String key) {
    Slice value = find(key);
    return value == null || Json.isNull(value) ? null : value;
  }

  /** Returns whether the key is there and its value begins with this byte. */
  boolean hasStarting(String key, char first) {
    Slice value = find(key);
    return value != null && value.at(value.from()) == first;
  }

  /** Returns the string, number or boolean of the key as text; empty if it has none. */
  String text(String key) {
    Slice value = findGiven(key);
    return value == null || !Json.isScalar(value) ? "" : Json.text(value);
  }

  private int indexOf(String key) {
    for (int i = size - 1; i >= 0; i--) {
      if (isKey(i, key)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns whether the key at this index is this one. */
  boolean isKey(int index, String key) {
    int from = bounds[4 * index] + 1;
    int to = bounds[4 * index + 1] - 1;
    for (int p = from; p < to; p++) {
      byte b = in.at(p);
      if (b == '\\' || b < 0) {
        return key.equals(key(index));
      }
      if (p - from >= key.length() || b != key.charAt(p - from)) {
        return false;
      }
    }
    return to - from == key.length();
  }
}
