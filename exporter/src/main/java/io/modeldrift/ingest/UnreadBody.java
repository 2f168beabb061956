package io.modeldrift.ingest;

import io.javalin.http.Context;

/** What an answer says whose request's body was not read to its end. */
public final class UnreadBody {

  private UnreadBody() {}

  /**
   * Tells the client that the connection ends with the answer, so that it sends no further request
   * into it. HTTP/2 ends the stream by itself and keeps the others.
   */
  public static void closesConnection(Context ctx) {
    if (ctx.req().getProtocol().startsWith("HTTP/1")) {
      ctx.res().setHeader("Connection", "close");
    }
  }
}
