package io.modeldrift.decode;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.Decimals;
import java.nio.charset.StandardCharsets;

/**
 * Reads the plain part of JSON from its bytes: numbers, texts of ASCII without escapes, true, false
 * and null. Whatever is not plain is refused, and left to the parser of all JSON.
 *
 * <p>Every method that returns false may have moved on: then the whole value is read anew by the
 * parser. Not thread-safe. Allocates nothing.
 */
final class PlainJson {

  private static final int MAX_EXPONENT_DIGITS = 3;

  /** Longer texts are left to the parser, so that no array of their size is kept. */
  private static final int MAX_TEXT = 1 << 16;

  private byte[] in = {};
  private int to;
  private int at;
  private double number;
  private char[] text = new char[64];

  /** Starts at the first byte of a slice. */
  void open(Slice slice) {
    in = slice.bytes();
    at = slice.from();
    to = slice.to();
  }

  int position() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }

  byte[] bytes() {
    return in;
  }

  /** Returns whether nothing but white space is left. */
  boolean isAtEnd() {
    skipBlank();
    return at == to;
  }

  /** Returns whether this is the next byte after white space; does not move past it. */
  boolean sees(char expected) {
    skipBlank();
    return at < to && in[at] == expected;
  }

  /** Returns whether something comes next that is neither an array nor an object, nor ends one. */
  boolean seesScalar() {
    skipBlank();
    return at < to && in[at] != '[' && in[at] != '{' && in[at] != ']' && in[at] != '}';
  }

  /** Moves past this byte if it is the next one after white space. */
  boolean takes(char expected) {
    if (sees(expected)) {
      at++;
      return true;
    }
    return false;
  }

  /** Reads any plain scalar into a cell. */
  boolean scalar(Column column, int row) {
    skipBlank();
    if (at == to) {
      return false;
    }
    switch (in[at]) {
      case '"' -> {
        int length = text();
        if (length >= 0) {
          column.setText(row, text, 0, length);
        }
        return length >= 0;
      }
      case 't' -> {
        column.setBoolean(row, true);
        return word("true");
      }
      case 'f' -> {
        column.setBoolean(row, false);
        return word("false");
      }
      case 'n' -> {
        column.setMissing(row);
        return word("null");
      }
      default -> {
        if (number()) {
          column.setNumber(row, number);
          return true;
        }
        return false;
      }
    }
  }

  /** Moves past any plain scalar. */
  boolean skipScalar() {
    skipBlank();
    if (at == to) {
      return false;
    }
    return switch (in[at]) {
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  /** Moves past a plain string; its bytes lie between {@link #position} before and after. */
  boolean string() {
    if (at == to || in[at] != '"') {
      return false;
    }
    for (int p = at + 1; p < to; p++) {
      byte b = in[p];
      if (b == '"') {
        at = p + 1;
        return true;
      }
      if (b < ' ' || b == '\\') { // also everything beyond ASCII, which is negative
        return false;
      }
    }
    return false;
  }

  /** Reads a number as JSON defines it, to the nearest double. */
  boolean number() {
    int start = at;
    int p = at;
    boolean negative = p < to && in[p] == '-';
    if (negative) {
      p++;
    }
    int first = p;
    long mantissa = 0;
    while (p < to && isDigit(in[p])) {
      mantissa = 10 * mantissa + (in[p++] - '0');
    }
    int digits = p - first;
    if (digits == 0 || (digits > 1 && in[first] == '0')) {
      return false;
    }
    int scale = 0;
    if (p < to && in[p] == '.') {
      int fraction = ++p;
      while (p < to && isDigit(in[p])) {
        mantissa = 10 * mantissa + (in[p++] - '0');
      }
      scale = fraction - p;
      if (scale == 0) {
        return false;
      }
      digits -= scale;
    }
    at = p;
    if (p < to && (in[p] | 0x20) == 'e') {
      int exponent = exponent();
      if (exponent == Integer.MIN_VALUE) {
        return false;
      }
      scale += exponent;
    }
    boolean fits =
        digits <= Decimals.MAX_DIGITS || digits - leadingZeros(first) <= Decimals.MAX_DIGITS;
    double nearest = fits ? Decimals.nearest(mantissa, scale) : Double.NaN;
    if (Double.isNaN(nearest)) {
      number = Double.parseDouble(new String(in, start, at - start, StandardCharsets.ISO_8859_1));
    } else {
      number = negative ? -nearest : nearest;
    }
    return true;
  }

  private int leadingZeros(int first) {
    int zeros = 0;
    for (int p = first; p < to && (in[p] == '0' || in[p] == '.'); p++) {
      zeros += in[p] == '0' ? 1 : 0;
    }
    return zeros;
  }

  /** Reads an exponent; the smallest integer if there is none, or an absurd one. */
  private int exponent() {
    int p = at + 1;
    boolean negative = p < to && in[p] == '-';
    if (p < to && (in[p] == '-' || in[p] == '+')) {
      p++;
    }
    int first = p;
    int exponent = 0;
    while (p < to && isDigit(in[p]) && p - first <= MAX_EXPONENT_DIGITS) {
      exponent = 10 * exponent + (in[p++] - '0');
    }
    at = p;
    if (p == first || p - first > MAX_EXPONENT_DIGITS) {
      return Integer.MIN_VALUE;
    }
    return negative ? -exponent : exponent;
  }

  private int text() {
    int start = at + 1;
    if (!string()) {
      return -1;
    }
    int length = at - 1 - start;
    if (length > MAX_TEXT) {
      return -1;
    }
    if (text.length < length) {
      text = new char[length];
    }
    for (int i = 0; i < length; i++) {
      text[i] = (char) in[start + i];
    }
    return length;
  }

  private boolean word(String word) {
    int length = word.length();
    if (to - at < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (in[at + i] != word.charAt(i)) {
        return false;
      }
    }
    at += length;
    return true;
  }

  private void skipBlank() {
    while (at < to && JsonScan.isBlank(in[at])) {
      at++;
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
