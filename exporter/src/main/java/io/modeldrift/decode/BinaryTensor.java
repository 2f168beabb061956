package io.modeldrift.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tensors as bytes: little-endian, row-major, no padding; texts with their length in front. */
final class BinaryTensor {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
    int width = out.width();
    double[] column = new double[count / width];
    for (int i = 0; i < width; i++) {
      read(type, array, bytes.from() + i * type.size(), width * type.size(), column);
      out.numbers(i, column);
    }
  }

  /** Reads one value every {@code stride} bytes; a loop for each of the types that matter most. */
  private static void read(Datatype type, byte[] array, int from, int stride, double[] into) {
    int p = from;
    switch (type) {
      case FP32 -> {
        for (int i = 0; i < into.length; i++, p += stride) {
          into[i] = Float.intBitsToFloat((int) INT.get(array, p));
        }
      }
      case FP64 -> {
        for (int i = 0; i < into.length; i++, p += stride) {
          into[i] = Double.longBitsToDouble((long) LONG.get(array, p));
        }
      }
      case INT64 -> {
        for (int i = 0; i < into.length; i++, p += stride) {
          into[i] = (long) LONG.get(array, p);
        }
      }
      default -> {
        for (int i = 0; i < into.length; i++, p += stride) {
          into[i] = number(type, array, p);
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
