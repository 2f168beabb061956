package io.modeldrift.expose;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** Answers with the reference that belongs to this very build, also where there is no internet. */
final class DocsEndpoint {

  private DocsEndpoint() {}

  static void metrics(Context ctx) throws IOException {
    try (InputStream page = DocsEndpoint.class.getResourceAsStream("docs/metrics.md")) {
      if (page == null) {
        ctx.status(404);
        return;
      }
      ctx.contentType("text/plain; charset=utf-8").result(page.readAllBytes());
    }
  }
}
