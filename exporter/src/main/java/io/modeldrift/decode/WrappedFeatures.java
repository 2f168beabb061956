package io.modeldrift.decode;

import org.jspecify.annotations.Nullable;

/**
 * SageMaker's ways to wrap one unnamed vector: {@code {"features":[…]}}, and {@code
 * {"data":{"features":{"values":[…]}}}} with {@code keys} and {@code shape} where it is sparse.
 */
final class WrappedFeatures {

  private WrappedFeatures() {}

  /** Returns whether the first element of an array is such a wrapper. */
  static boolean wrapsFirst(Slice array) {
    int p = JsonScan.skipBlank(array, array.from() + 1);
    JsonOutline first = JsonOutline.ofObject(array.from(p), 2);
    return first != null && isWrapper(first);
  }

  /** Returns whether this object is such a wrapper. */
  static boolean isWrapper(JsonOutline object) {
    return (object.size() == 1 && object.hasStarting("features", '[')) || data(object) != null;
  }

  private static @Nullable JsonOutline data(JsonOutline object) {
    Slice data = object.find("data");
    JsonOutline outer = object.size() != 1 || data == null ? null : JsonOutline.ofObject(data, 3);
    Slice features = outer == null ? null : outer.find("features");
    JsonOutline vector = features == null ? null : JsonOutline.ofObject(features, 4);
    return vector != null && vector.hasStarting("values", '[') ? vector : null;
  }

  static int writeRows(RowWriter rows, Slice array, int firstRow, String pointer) {
    JsonElements elements = JsonElements.of(array, 1);
    for (int i = 0; i < elements.size(); i++) {
      writeRow(rows, elements.get(i), firstRow + i, pointer + "/" + i);
    }
    return elements.size();
  }

  /** Writes the vector of a wrapper as a row, or any other value as what it is. */
  static void writeRow(RowWriter rows, Slice value, int row, String pointer) {
    JsonOutline object = JsonOutline.ofObject(value, 2);
    if (object == null || !isWrapper(object)) {
      rows.writeRow(value, row, pointer);
      return;
    }
    JsonOutline vector = data(object);
    if (vector == null) {
      rows.writeRow(vectorOf(object, "features"), row, pointer + "/features");
    } else if (vector.has("keys")) {
      writeSparse(rows, vector, row, pointer + "/data/features");
    } else {
      rows.writeRow(vectorOf(vector, "values"), row, pointer + "/data/features/values");
    }
  }

  private static Slice vectorOf(JsonOutline object, String key) {
    Slice vector = object.find(key);
    if (vector == null || !Json.isArray(vector)) {
      throw new Rejection(RejectReason.BAD_SHAPE, key + " is not an array");
    }
    return vector;
  }

  private static void writeSparse(RowWriter rows, JsonOutline vector, int row, String pointer) {
    JsonElements keys = JsonElements.of(vectorOf(vector, "keys"), 5);
    JsonElements values = JsonElements.of(vectorOf(vector, "values"), 5);
    JsonElements shape = JsonElements.of(vectorOf(vector, "shape"), 5);
    if (keys.size() != values.size() || shape.size() != 1) {
      throw new Rejection(
          RejectReason.BAD_SHAPE, "keys, values and shape do not fit each other", pointer);
    }
    double width = Json.number(shape.get(0), pointer + "/shape/0");
    if (!(width >= 1) || width != Math.rint(width)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "shape is no positive integer", pointer);
    }
    if (width > rows.maxFeatures()) {
      rows.writeOpaqueRow(row);
      return;
    }
    double[] dense = new double[(int) width];
    for (int i = 0; i < keys.size(); i++) {
      double key = Json.number(keys.get(i), pointer + "/keys/" + i);
      if (!(key >= 0 && key < width) || key != Math.rint(key)) {
        throw new Rejection(
            RejectReason.BAD_SHAPE, "a key lies outside the shape", pointer + "/keys/" + i);
      }
      dense[(int) key] = Json.number(values.get(i), pointer + "/values/" + i);
    }
    rows.writeNumbers(dense, row);
  }
}
