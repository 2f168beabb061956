package io.modeldrift.decode;

import java.util.Arrays;

/** The typed values of one gRPC tensor, packed or not, in the order in which they came. */
final class GrpcContents {

  private static final int BOOL = 1;
  private static final int INT = 2;
  private static final int INT64 = 3;
  private static final int UINT = 4;
  private static final int UINT64 = 5;
  private static final int FP32 = 6;
  private static final int FP64 = 7;
  private static final int BYTES = 8;

  private double[] numbers = new double[16];
  private Slice[] texts = new Slice[0];
  private int size;
  private int kind;
  private boolean mixed;

  /** Returns how many values there are; −1 if they are of several types, which no tensor is. */
  int size() {
    return mixed ? -1 : size;
  }

  void clear() {
    size = 0;
    kind = 0;
    mixed = false;
  }

  /** Adds the values of an InferTensorContents message. */
  void add(Slice message) {
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      if (in.field() < BOOL || in.field() > BYTES) {
        in.skip();
      } else if (in.field() == BYTES) {
        addText(in.bytes());
      } else {
        addNumbers(in);
      }
    }
  }

  private void addNumbers(ProtoReader in) {
    int field = in.field();
    if (in.wireType() != ProtoReader.LENGTH) {
      addNumber(number(in, field), field);
      return;
    }
    ProtoReader packed = new ProtoReader(in.bytes());
    while (!packed.atEnd()) {
      addNumber(number(packed, field), field);
    }
  }

  private static double number(ProtoReader in, int field) {
    return switch (field) {
      case BOOL -> in.varint() != 0 ? 1 : 0;
      case INT -> (int) in.varint();
      case INT64 -> in.varint();
      case UINT -> Integer.toUnsignedLong((int) in.varint());
      case UINT64 -> BinaryTensor.unsigned(in.varint());
      case FP32 -> Float.intBitsToFloat(in.fixed32());
      case FP64 -> Double.longBitsToDouble(in.fixed64());
      default -> throw ProtoReader.malformed();
    };
  }

  private void addNumber(double number, int field) {
    isOf(field);
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  private void isOf(int field) {
    mixed |= size > 0 && kind != field;
    kind = field;
  }

  private void addText(Slice text) {
    isOf(BYTES);
    if (size >= texts.length) {
      texts = Arrays.copyOf(texts, Math.max(16, 2 * size));
    }
    texts[size++] = text;
  }

  /** Writes the values; only if they are of one type. */
  void write(TensorWriter out) {
    for (int i = 0; i < size; i++) {
      if (kind == BYTES) {
        out.text(texts[i]);
      } else if (kind == BOOL) {
        out.bool(numbers[i] != 0);
      } else {
        out.number(numbers[i]);
      }
    }
  }
}
