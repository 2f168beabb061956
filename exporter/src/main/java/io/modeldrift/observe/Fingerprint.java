package io.modeldrift.observe;

import io.modeldrift.distribution.TextHash;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;

/**
 * A number that two deliveries of one event share and two events that merely use the same id do
 * not: a hash of the identity of the delivery and of every cell.
 */
final class Fingerprint {

  private static final long PRIME = 0x100000001b3L;

  private Fingerprint() {}

  static long of(InferenceBatch batch, String delivery) {
    long hash = TextHash.of(delivery) * PRIME + batch.rows();
    hash = hash * PRIME + batch.kind().ordinal();
    hash = add(hash, batch, Role.INPUT);
    return add(hash, batch, Role.OUTPUT);
  }

  private static long add(long start, InferenceBatch batch, Role role) {
    long hash = start;
    for (Column column : batch.columns(role)) {
      hash = hash * PRIME + TextHash.of(column.name());
      for (int row = 0; row < batch.rows(); row++) {
        hash = hash * PRIME + column.kind(row);
        if (column.kind(row) == Column.NUMBER) {
          hash = hash * PRIME + Double.doubleToLongBits(column.number(row));
        } else if (column.kind(row) == Column.TEXT) {
          hash =
              hash * PRIME
                  + TextHash.of(column.textChars(), column.textOffset(row), column.textLength(row));
        }
      }
    }
    return hash;
  }
}
