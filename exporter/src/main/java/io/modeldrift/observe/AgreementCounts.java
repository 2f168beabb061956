package io.modeldrift.observe;

/**
 * How often two versions gave the same output for the same request.
 *
 * @param agreeing pairs with the same output
 * @param differing pairs with another one
 */
public record AgreementCounts(long agreeing, long differing) {

  static final AgreementCounts NONE = new AgreementCounts(0, 0);

  AgreementCounts with(boolean agree) {
    return agree
        ? new AgreementCounts(agreeing + 1, differing)
        : new AgreementCounts(agreeing, differing + 1);
  }

  /** Returns the number of pairs. */
  public long pairs() {
    return agreeing + differing;
  }
}
