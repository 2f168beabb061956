package io.modeldrift.app.web;

import java.time.Duration;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
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
   */
  static <T extends AbstractHTTP2ServerConnectionFactory> T on(T factory, Duration idleTimeout) {
    factory.setMaxConcurrentStreams(STREAMS);
    factory.setInitialStreamRecvWindow(STREAM_WINDOW_BYTES);
    factory.setInitialSessionRecvWindow(CONNECTION_WINDOW_BYTES);
    factory.setMaxFrameSize(FRAME_BYTES);
    factory.setMaxDecoderTableCapacity(HEADER_TABLE_BYTES);
    factory.setMaxEncoderTableCapacity(HEADER_TABLE_BYTES);
    factory.setStreamIdleTimeout(idleTimeout.toMillis());
    factory.setRateControlFactory(new WindowRateControl.Factory(EVENTS_A_SECOND));
    return factory;
  }
}
