package io.modeldrift.decode;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Element type of a tensor of the Open Inference Protocol. */
enum Datatype {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  FP32(4),
  FP64(8),
  BF16(2),
  /** Texts, each with its length in front. */
  BYTES(-1);

  private final int size;

  Datatype(int size) {
    this.size = size;
  }

  /** Returns the bytes of one element; −1 if they differ. */
  int size() {
    return size;
  }

  boolean isInteger() {
    return name().contains("INT");
  }

  /** Returns the type of this name in any case, or null if there is none. */
  static @Nullable Datatype of(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (upper.equals("STRING")) {
      return BYTES; // as Triton's documentation writes it in places
    }
    for (Datatype type : values()) {
      if (type.name().equals(upper)) {
        return type;
      }
    }
    return null;
  }
}
