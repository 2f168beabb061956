package io.modeldrift.app.web;

import java.util.List;

/** The files that say who gets in cannot be used at the start. */
public final class WebConfigException extends RuntimeException {

  private static final long serialVersionUID = 1;

  WebConfigException(String where, List<String> problems) {
    super(
        where
            + " cannot be used:"
            + System.lineSeparator()
            + "  "
            + String.join(System.lineSeparator() + "  ", problems));
  }
}
