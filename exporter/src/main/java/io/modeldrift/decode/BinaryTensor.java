package io.modeldrift.decode;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/** Tensors as bytes: little-endian, row-major, no padding; texts with their length in front. */
final class BinaryTensor {

  private static final int BLOCK = 1024;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private BinaryTensor() {}

  /** Returns whether the bytes hold exactly this many elements. */
  static boolean fits(Datatype type, Slice bytes, int count) {
    return type == Datatype.BYTES
        ? textsFit(bytes, count)
        : bytes.length() == (long) count * type.size();
  }

  private static boolean textsFit(Slice bytes, int count) {
    long p = bytes.from();
    for (int i = 0; i < count; i++) {
      if (p + 4 > bytes.to()) {
        return false;
      }
      p += 4 + Integer.toUnsignedLong((int) INT.get(bytes.bytes(), (int) p));
      if (p > bytes.to()) {
        return false;
      }
    }
    return p == bytes.to();
  }

  /** Writes the elements; only if they {@link #fits fit}. */
  static void write(Datatype type, Slice bytes, int count, TensorWriter out) {
    if (type == Datatype.BYTES) {
      writeTexts(bytes, count, out);
      return;
    }
    byte[] array = bytes.bytes();
    if (type == Datatype.BOOL) {
      for (int p = bytes.from(); p < bytes.to(); p++) {
        out.bool(array[p] != 0);
      }
      return;
    }
    writeNumbers(type, array, bytes.from(), count, out);
  }

  /** Turns rows into columns a block of rows at a time, so that none leaves the cache early. */
  private static void writeNumbers(
      Datatype type, byte[] array, int from, int count, TensorWriter out) {
    int width = out.width();
    int rows = count / width;
    int block = Math.min(rows, Math.max(1, BLOCK / width));
    double[] values = new double[block * width];
    for (int row = 0; row < rows; row += block) {
      int n = Math.min(block, rows - row);
      read(type, array, from + row * width * type.size(), values, n * width);
      out.numbers(row, values, n);
    }
  }

  /** Reads consecutive values; a loop for each of the types that matter most. */
  private static void read(Datatype type, byte[] array, int from, double[] into, int count) {
    switch (type) {
      case FP32 -> {
        for (int i = 0; i < count; i++) {
          into[i] = Float.intBitsToFloat((int) INT.get(array, from + 4 * i));
        }
      }
      case FP64 ->
          ByteBuffer.wrap(array, from, 8 * count)
              .order(LITTLE_ENDIAN)
              .asDoubleBuffer()
              .get(into, 0, count);
      case INT64 -> {
        for (int i = 0; i < count; i++) {
          into[i] = (long) LONG.get(array, from + 8 * i);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          into[i] = number(type, array, from + i * type.size());
        }
      }
    }
  }

  private static void writeTexts(Slice bytes, int count, TensorWriter out) {
    int p = bytes.from();
    for (int i = 0; i < count; i++) {
      int length = (int) INT.get(bytes.bytes(), p);
      out.text(bytes.between(p + 4, p + 4 + length));
      p += 4 + length;
    }
  }

  private static double number(Datatype type, byte[] array, int p) {
    return switch (type) {
      case INT8 -> array[p];
      case UINT8, BOOL -> array[p] & 0xff;
      case INT16 -> (short) SHORT.get(array, p);
      case UINT16 -> (short) SHORT.get(array, p) & 0xffff;
      case INT32 -> (int) INT.get(array, p);
      case UINT32 -> Integer.toUnsignedLong((int) INT.get(array, p));
      case INT64 -> (long) LONG.get(array, p);
      case UINT64 -> unsigned((long) LONG.get(array, p));
      case FP16 -> HalfFloats.fp16((short) SHORT.get(array, p));
      case BF16 -> HalfFloats.bf16((short) SHORT.get(array, p));
      case FP32 -> Float.intBitsToFloat((int) INT.get(array, p));
      case FP64 -> Double.longBitsToDouble((long) LONG.get(array, p));
      case BYTES -> throw new IllegalArgumentException("BYTES are no numbers");
    };
  }

  /** Returns the number that 64 bits without sign mean, rounded to a double. */
  static double unsigned(long bits) {
    return bits >= 0 ? bits : 0x1p63 + (bits & Long.MAX_VALUE);
  }
}
