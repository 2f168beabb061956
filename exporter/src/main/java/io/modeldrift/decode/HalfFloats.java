package io.modeldrift.decode;

/** Sixteen-bit floating point numbers, which Java reads by itself only from version 20 on. */
final class HalfFloats {

  private HalfFloats() {}

  /** Returns the number that IEEE 754 binary16 bits mean. */
  static float fp16(int bits) {
    int sign = bits & 0x8000;
    int exponent = (bits >> 10) & 0x1f;
    int mantissa = bits & 0x3ff;
    if (exponent == 0) { // zero and subnormals
      return (sign != 0 ? -1f : 1f) * mantissa * 0x1p-24f;
    }
    if (exponent == 31) {
      return Float.intBitsToFloat((sign << 16) | 0x7f800000 | (mantissa << 13));
    }
    return Float.intBitsToFloat((sign << 16) | ((exponent + 112) << 23) | (mantissa << 13));
  }

  /** Returns the number that bfloat16 bits mean. */
  static float bf16(int bits) {
    return Float.intBitsToFloat((bits & 0xffff) << 16);
  }
}
