package io.modeldrift.decode;

import io.modeldrift.inference.SchemaProblem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Checks the JSON data of a tensor against its shape before anything of it is written. */
final class TensorScan {

  private final Slice data;
  private final long[] dimensions;
  private final long[] children = new long[JsonScan.MAX_DEPTH + 2];
  private boolean ragged;
  private int deepest;
  private long leaves;

  private TensorScan(Slice data, long[] dimensions) {
    this.data = data;
    this.dimensions = dimensions;
  }

  /** Returns what is wrong with the data, given flat or nested, or null if it fits the shape. */
  static @Nullable SchemaProblem check(Slice data, TensorShape shape) {
    TensorScan scan = new TensorScan(data, shape.dimensions());
    scan.run();
    if (scan.leaves != shape.count()) {
      return SchemaProblem.BAD_SHAPE;
    }
    boolean flat = scan.deepest <= 1;
    boolean nested = scan.deepest == shape.dimensions().length && !scan.ragged;
    return flat || nested || shape.count() == 0 ? null : SchemaProblem.RAGGED;
  }

  /** Returns the dimensions that nested data shows, taking the first element of each level. */
  static long[] infer(Slice data) {
    long[] dimensions = new long[JsonScan.MAX_DEPTH];
    int rank = 0;
    Slice level = data;
    while (Json.isArray(level) && rank < dimensions.length) {
      JsonElements elements = JsonElements.of(level, rank);
      dimensions[rank++] = elements.size();
      if (elements.size() == 0) {
        break;
      }
      level = elements.get(0);
    }
    return Arrays.copyOf(dimensions, rank);
  }

  private void run() {
    int depth = 0;
    int p = data.from();
    while (p < data.to()) {
      byte b = data.at(p);
      switch (b) {
        case '[' -> {
          children[depth]++;
          depth++;
          if (depth > JsonScan.MAX_DEPTH) {
            throw new Rejection(RejectReason.DEPTH, "nested deeper than " + JsonScan.MAX_DEPTH);
          }
          children[depth] = 0;
          deepest = Math.max(deepest, depth);
          p++;
        }
        case ']' -> {
          ragged |= depth > dimensions.length || children[depth] != dimensions[depth - 1];
          depth = Math.max(0, depth - 1);
          p++;
        }
        case ',', ':', '}', ' ', '\t', '\n', '\r' -> p++;
        default -> {
          p = JsonScan.skipValue(data, p, depth);
          children[depth]++;
          leaves++;
          ragged |= depth != dimensions.length;
        }
      }
    }
  }
}
