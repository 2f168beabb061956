package io.modeldrift.decode;

/** Where the elements of a JSON array lie. */
final class JsonElements {

  private final Slice in;
  private final Spans elements = new Spans();

  private JsonElements(Slice in) {
    this.in = in;
  }

  /**
   * Finds the elements of the array that fills this slice.
   *
   * @param depth how many arrays and objects are open around it
   * @throws Rejection if it is no array, or is cut or broken between its elements
   */
  static JsonElements of(Slice array, int depth) {
    JsonElements elements = new JsonElements(array);
    elements.scan(depth + 1);
    return elements;
  }

  private void scan(int depth) {
    int p = JsonScan.skipBlank(in, in.from());
    if (p >= in.to() || in.at(p) != '[') {
      throw new Rejection(RejectReason.BAD_SHAPE, "an array is expected");
    }
    p = JsonScan.skipBlank(in, p + 1);
    if (p < in.to() && in.at(p) == ']') {
      return;
    }
    while (true) {
      int end = JsonScan.skipValue(in, p, depth);
      elements.add(p, end);
      p = JsonScan.skipBlank(in, end);
      if (p >= in.to()) {
        throw JsonScan.truncated();
      }
      if (in.at(p) == ']') {
        return;
      }
      if (in.at(p) != ',') {
        throw new Rejection(RejectReason.BAD_JSON, "a comma is missing between array elements");
      }
      p = JsonScan.skipBlank(in, p + 1);
    }
  }

  int size() {
    return elements.size();
  }

  Slice get(int index) {
    return in.between(elements.from(index), elements.to(index));
  }
}
