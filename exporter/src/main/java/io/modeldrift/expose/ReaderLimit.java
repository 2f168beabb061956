package io.modeldrift.expose;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.concurrent.Semaphore;

/**
 * Lets so many readers in at a time and sends the others away: one that does not read its answer
 * holds a thread, and the doors for traffic need threads, too.
 */
final class ReaderLimit {

  private static final int MAX_READERS = 16;

  private final Semaphore places = new Semaphore(MAX_READERS);
  private final Runnable whenBusy;

  /**
   * Takes what counts.
   *
   * @param whenBusy told of every reader who is sent away
   */
  ReaderLimit(Runnable whenBusy) {
    this.whenBusy = whenBusy;
  }

  Handler limited(Handler handler) {
    return ctx -> handle(handler, ctx);
  }

  private void handle(Handler handler, Context ctx) throws Exception {
    if (!places.tryAcquire()) {
      whenBusy.run();
      ctx.status(503).header("Retry-After", "1");
      return;
    }
    try {
      handler.handle(ctx);
    } finally {
      places.release();
    }
  }
}
