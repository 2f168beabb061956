package io.modeldrift.decode;

/** Reads the scalar fields that {@linkplain JsonRecords records} of several formats have. */
final class RecordFields {

  private RecordFields() {}

  /**
   * Returns a text, or a number as it was written; empty if the field is absent or null.
   *
   * @param pointer to the record
   * @throws Rejection if it is an object or an array
   */
  static String text(JsonOutline fields, String key, String pointer) {
    Slice value = fields.findGiven(key);
    if (value == null) {
      return "";
    }
    if (!Json.isScalar(value)) {
      throw new Rejection(
          RejectReason.BAD_SHAPE, key + " is neither a text nor a number", pointer + "/" + key);
    }
    return Json.text(value);
  }

  /**
   * Returns the row within the inference; 0 if the field is absent or null.
   *
   * @param pointer to the record
   * @throws Rejection if it is not a whole number from 0
   */
  static int row(JsonOutline fields, String pointer) {
    Slice row = fields.findGiven("row");
    if (row == null) {
      return 0;
    }
    String place = pointer + "/row";
    double number = Json.isScalar(row) ? Json.number(row, place) : -1;
    if (number < 0 || number > Integer.MAX_VALUE || number != Math.rint(number)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "row is not a whole number from 0", place);
    }
    return (int) number;
  }
}
