package io.modeldrift.decode;

import org.jspecify.annotations.Nullable;

/** The lines of a body that are not blank. */
final class Lines {

  private final Slice body;
  private int position;

  Lines(Slice body) {
    this.body = body;
    this.position = body.from();
  }

  /** Returns the next line without its end, or null after the last one. */
  @Nullable Slice next() {
    position = JsonScan.skipBlank(body, position);
    if (position >= body.to()) {
      return null;
    }
    int start = position;
    while (position < body.to() && body.at(position) != '\n') {
      position++;
    }
    return body.between(start, position);
  }
}
