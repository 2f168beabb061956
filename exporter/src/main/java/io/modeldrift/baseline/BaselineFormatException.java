package io.modeldrift.baseline;

import java.io.IOException;

/** A file that is no baseline that can be used; the message names the file, the place, and why. */
public final class BaselineFormatException extends IOException {

  private static final long serialVersionUID = 1;

  /** Says what is wrong in one line. */
  public BaselineFormatException(String message) {
    super(message);
  }
}
