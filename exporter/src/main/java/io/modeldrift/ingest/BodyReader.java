package io.modeldrift.ingest;

import io.modeldrift.ingest.BodyCollector.Body;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * Reads request bodies up to a cap.
 *
 * <p>What lies above the cap is read and thrown away up to a small multiple of it: resetting a
 * connection in the middle of a body would be an error in the mirror's log for every request. A
 * body that is slow to arrive takes no thread meanwhile. Thread-safe.
 */
final class BodyReader {

  /** Bodies pass through one piece of memory a thread, not through one of their own each. */
  private static final ThreadLocal<byte[]> CHUNK = ThreadLocal.withInitial(() -> new byte[8192]);

  /** A body may take so many times as long as a connection may be silent. */
  private static final int SLOWNESS = 6;

  private final int cap;
  private final long patienceNanos;
  private final ReadBudget budget;
  private final LongSupplier nanos;

  /**
   * Takes the bounds.
   *
   * @param nanos a clock that only goes forward
   * @param roomAfterwards whether there is room for a body of so many bytes once it has been read
   */
  BodyReader(IngestSettings settings, LongSupplier nanos, LongPredicate roomAfterwards) {
    this.cap = settings.bodyBytes();
    this.patienceNanos = SLOWNESS * settings.readTimeout().toNanos();
    this.budget = new ReadBudget(settings.queueBytes(), roomAfterwards);
    this.nanos = nanos;
  }

  /** Whether the whole body has arrived already, so that reading it does not wait. */
  boolean isThere(InputStream in, long announced) throws IOException {
    return announced == 0 || (announced > 0 && announced <= cap && in.available() >= announced);
  }

  /**
   * Reads a body and waits for it.
   *
   * @param announced its length as the client says, -1 if it does not
   */
  Body read(InputStream in, long announced) {
    BodyCollector body = new BodyCollector(cap, announced, budget);
    try {
      byte[] chunk = CHUNK.get();
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        if (!body.add(chunk, count)) {
          return body.giveUp();
        }
      }
      return body.end();
    } catch (IOException e) {
      return new Body.Lost();
    } finally {
      body.release();
    }
  }

  /** Reads a body as it arrives, without a thread that waits; the request must be asynchronous. */
  CompletableFuture<Body> readAsItArrives(ServletInputStream in, long announced) {
    Listener listener = new Listener(in, new BodyCollector(cap, announced, budget));
    in.setReadListener(listener);
    return listener.done;
  }

  private final class Listener implements ReadListener {

    final CompletableFuture<Body> done = new CompletableFuture<>();
    private final ServletInputStream in;
    private final BodyCollector body;
    private final long start = nanos.getAsLong();

    Listener(ServletInputStream in, BodyCollector body) {
      this.in = in;
      this.body = body;
    }

    @Override
    public void onDataAvailable() throws IOException {
      byte[] chunk = CHUNK.get();
      while (!done.isDone() && in.isReady()) {
        int count = in.read(chunk);
        if (count < 0) {
          return;
        }
        if (!body.add(chunk, count)) {
          end(body.giveUp());
        } else if (nanos.getAsLong() - start > patienceNanos) {
          end(new Body.Lost());
        }
      }
    }

    @Override
    public void onAllDataRead() {
      if (!done.isDone()) {
        end(body.end());
      }
    }

    @Override
    public void onError(Throwable failure) {
      end(new Body.Lost());
    }

    private void end(Body read) {
      body.release();
      done.complete(read);
    }
  }
}
