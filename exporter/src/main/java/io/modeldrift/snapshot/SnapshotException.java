package io.modeldrift.snapshot;

import java.io.IOException;

/** Saved state is damaged, or of another program or version. */
public final class SnapshotException extends IOException {

  private static final long serialVersionUID = 1;

  public SnapshotException(String message) {
    super(message);
  }
}
