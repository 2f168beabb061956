package io.modeldrift.app.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.io.WindowRateControl;

/**
 * What one HTTP/2 connection may ask for. A proxy sends all its copies over a few connections, so
 * that the limit of connections alone bounds nothing.
 */
final class Http2Limits {

  /** Copies are answered at once: more are open only where somebody does not finish them. */
  static final int STREAMS = 64;

  static final int STREAM_WINDOW_BYTES = 256 << 10;
  static final int CONNECTION_WINDOW_BYTES = 512 << 10;
  static final int FRAME_BYTES = 16 << 10;
  static final int HEADER_TABLE_BYTES = 4 << 10;

  /** Resets, pings, settings and empty frames a second; whoever sends more is disconnected. */
  static final int EVENTS_A_SECOND = 128;

  private Http2Limits() {}

  /**
   * Returns the factory with all limits set.
   *
   * @param idleTimeout how long a request may stay silent, be the connection as busy as it likes
   * @param whenFlooded told of every connection that is ended for its flood of events
   */
  static <T extends AbstractHTTP2ServerConnectionFactory> T on(
      T factory, Duration idleTimeout, Runnable whenFlooded) {
    factory.setMaxConcurrentStreams(STREAMS);
    factory.setInitialStreamRecvWindow(STREAM_WINDOW_BYTES);
    factory.setInitialSessionRecvWindow(CONNECTION_WINDOW_BYTES);
    factory.setMaxFrameSize(FRAME_BYTES);
    factory.setMaxDecoderTableCapacity(HEADER_TABLE_BYTES);
    factory.setMaxEncoderTableCapacity(HEADER_TABLE_BYTES);
    factory.setStreamIdleTimeout(idleTimeout.toMillis());
    factory.setRateControlFactory(new FloodControl(whenFlooded));
    return factory;
  }

  /** Tells once of a connection that exceeds its rate. */
  private static final class FloodControl extends WindowRateControl.Factory {

    private final Runnable whenFlooded;

    FloodControl(Runnable whenFlooded) {
      super(EVENTS_A_SECOND);
      this.whenFlooded = whenFlooded;
    }

    @Override
    public RateControl newRateControl(EndPoint connection) {
      RateControl rate = super.newRateControl(connection);
      AtomicBoolean told = new AtomicBoolean();
      return event -> {
        boolean within = rate.onEvent(event);
        if (!within && told.compareAndSet(false, true)) {
          whenFlooded.run();
        }
        return within;
      };
    }
  }
}
