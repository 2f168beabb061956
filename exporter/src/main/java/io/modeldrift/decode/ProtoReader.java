package io.modeldrift.decode;

/**
 * Reads one protocol-buffers message field by field from its wire format.
 *
 * <p>A generated parser would build an object a value; this one hands out slices.
 */
final class ProtoReader {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int FIXED32 = 5;

  private static final int MAX_VARINT_BYTES = 10;

  private final Slice in;
  private final boolean outermost;
  private int position;
  private int field;
  private int wireType;

  ProtoReader(Slice in) {
    this(in, false);
  }

  private ProtoReader(Slice in, boolean outermost) {
    this.in = in;
    this.outermost = outermost;
    this.position = in.from();
  }

  /** Returns a reader of a message that may have been cut off: its last field says so. */
  static ProtoReader outermost(Slice in) {
    return new ProtoReader(in, true);
  }

  /** Moves to the next field; returns whether there is one. */
  boolean next() {
    if (position == in.to()) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    if (field <= 0 || tag > 0xffffffffL) {
      throw malformed();
    }
    return true;
  }

  boolean atEnd() {
    return position == in.to();
  }

  int field() {
    return field;
  }

  int wireType() {
    return wireType;
  }

  /** Reads a varint: the value of a field, or an element of a packed one. */
  long varint() {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      byte b = in.at(require(1));
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw malformed();
  }

  /** Reads four bytes, little-endian. */
  int fixed32() {
    int p = require(4);
    int value = 0;
    for (int i = 3; i >= 0; i--) {
      value = value << 8 | (in.at(p + i) & 0xff);
    }
    return value;
  }

  /** Reads eight bytes, little-endian. */
  long fixed64() {
    int p = require(8);
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | (in.at(p + i) & 0xff);
    }
    return value;
  }

  /** Reads the bytes of a field with a length. */
  Slice bytes() {
    if (wireType != LENGTH) {
      throw malformed();
    }
    long length = varint();
    if (length < 0 || length > in.to() - position) {
      throw outermost && length > 0
          ? new Rejection(RejectReason.TRUNCATED, "the payload ends within a field")
          : malformed();
    }
    int p = require((int) length);
    return in.between(p, p + (int) length);
  }

  String text() {
    return bytes().text();
  }

  /** Skips the value of a field that is not wanted. */
  void skip() {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> require(8);
      case LENGTH -> bytes();
      case FIXED32 -> require(4);
      default -> throw malformed();
    }
  }

  private int require(int bytes) {
    if (in.to() - position < bytes) {
      throw malformed();
    }
    int p = position;
    position += bytes;
    return p;
  }

  static Rejection malformed() {
    return new Rejection(
        RejectReason.BAD_PROTOBUF, "not the protocol-buffers message it should be");
  }
}
