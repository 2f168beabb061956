package io.modeldrift.decode;

/** Which half of an inference a transport says that a payload is. */
enum Half {
  REQUEST,
  RESPONSE,
  /** The transport does not say; the body has to. */
  UNKNOWN
}
