package io.modeldrift.decode;

import java.util.function.BiConsumer;

/** Walks the records of an API payload: one object, an array of them, or one a line. */
final class JsonRecords {

  private JsonRecords() {}

  /**
   * Hands out every record with its JSON pointer.
   *
   * @throws Rejection if a record is no object, or something else stands between them
   */
  static void each(Slice body, BiConsumer<JsonOutline, String> records) {
    int start = JsonScan.skipBlank(body, body.from());
    if (start < body.to() && body.at(start) == '[') {
      eachElement(body.from(start), records);
    } else {
      eachLine(body.from(start), records);
    }
  }

  private static void eachElement(Slice body, BiConsumer<JsonOutline, String> records) {
    int end = JsonScan.skipValue(body, body.from(), 0);
    if (JsonScan.skipBlank(body, end) != body.to()) {
      throw new Rejection(RejectReason.BAD_JSON, "something follows the array of records");
    }
    JsonElements elements = JsonElements.of(body.between(body.from(), end), 0);
    for (int i = 0; i < elements.size(); i++) {
      String pointer = "/" + i;
      records.accept(outline(elements.get(i), pointer), pointer);
    }
  }

  private static void eachLine(Slice body, BiConsumer<JsonOutline, String> records) {
    int start = body.from();
    for (int i = 0; start < body.to(); i++) {
      int end = endOf(body, start, i);
      int next = JsonScan.skipBlank(body, end);
      String pointer = i == 0 && next == body.to() ? "" : "/" + i;
      records.accept(outline(body.between(start, end), pointer), pointer);
      start = next;
    }
  }

  private static int endOf(Slice body, int start, int index) {
    try {
      return JsonScan.skipValue(body, start, 0);
    } catch (Rejection e) {
      throw new Rejection(
          e.reason(), String.valueOf(e.getMessage()), index == 0 ? "" : "/" + index);
    }
  }

  private static JsonOutline outline(Slice value, String pointer) {
    if (!Json.isObject(value)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "a record is not an object", pointer);
    }
    return JsonOutline.of(value, 1);
  }
}
