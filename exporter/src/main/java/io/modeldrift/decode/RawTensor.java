package io.modeldrift.decode;

import io.modeldrift.decode.ModelDecoding.RawInput;
import java.util.Objects;

/** The bytes of one tensor that say neither its type nor its shape. */
final class RawTensor {

  private RawTensor() {}

  /** Writes as many rows as the bytes make. */
  static void write(RawInput raw, Slice bytes, String name, TensorWriter writer) {
    Datatype type = Objects.requireNonNull(Datatype.of(raw.datatype()), "checked by the record");
    if (type == Datatype.BYTES) {
      // The protocol allows one element, which then lacks the length in front.
      if (writer.start(name, new TensorShape(1, 1, new long[] {1}))) {
        writer.text(bytes);
      }
      return;
    }
    int rowBytes = type.size() * raw.columns();
    if (bytes.length() % rowBytes != 0) {
      throw new Rejection(
          RejectReason.BAD_LENGTH,
          bytes.length() + " raw bytes are no whole number of rows of " + rowBytes);
    }
    int rows = bytes.length() / rowBytes;
    TensorShape shape = new TensorShape(rows, raw.columns(), new long[] {rows, raw.columns()});
    if (writer.start(name, shape)) {
      BinaryTensor.write(type, bytes, shape.count(), writer);
    }
  }
}
