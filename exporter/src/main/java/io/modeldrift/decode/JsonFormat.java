package io.modeldrift.decode;

/** One wire format whose body is a JSON object, recognised by the keys of that object. */
interface JsonFormat {

  /** Returns whether a body with these keys is of this format; the order of formats matters. */
  boolean recognises(JsonOutline body, Message message);

  /**
   * Decodes the body.
   *
   * @throws Rejection if it claims the format and breaks it
   */
  Decoded decode(JsonOutline body, Message message);

  /** Returns what a payload of this format counts as. */
  Protocol protocol(Message message);
}
