package io.modeldrift.decode;

/**
 * What a body says about the inference that it holds; each is empty if it does not say.
 *
 * @param model its name
 * @param version its version
 * @param id the inference id
 */
record BodyIdentity(String model, String version, String id) {

  /** Says nothing. */
  static final BodyIdentity NONE = new BodyIdentity("", "", "");
}
