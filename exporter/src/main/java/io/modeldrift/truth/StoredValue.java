package io.modeldrift.truth;

import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** Writes and reads one value of an entry. */
final class StoredValue {

  private static final int NONE = 0;
  private static final int NUMERIC = 1;
  private static final int NAMED = 2;
  private static final int YES = 3;
  private static final int NO = 4;

  private StoredValue() {}

  static void save(@Nullable Value value, StateOutput out) {
    if (value == null) {
      out.number(NONE);
    } else if (value instanceof Value.Numeric numeric) {
      out.number(NUMERIC);
      out.real(numeric.number());
    } else if (value instanceof Value.Named named) {
      out.number(NAMED);
      out.text(named.name());
    } else {
      out.number(((Value.Flag) value).yes() ? YES : NO);
    }
  }

  static @Nullable Value restore(StateInput in) throws SnapshotException {
    return switch ((int) in.number(NONE, NO)) {
      case NUMERIC -> new Value.Numeric(in.finite());
      case NAMED -> new Value.Named(in.text());
      case YES -> new Value.Flag(true);
      case NO -> new Value.Flag(false);
      default -> null;
    };
  }

  /** Says what keeps an entry from being read. */
  static MVStoreException unreadable(SnapshotException cause) {
    MVStoreException failure =
        new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, "not an entry of this store");
    failure.initCause(cause);
    return failure;
  }
}
