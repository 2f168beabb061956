package io.modeldrift.app.demo;

import java.util.function.Consumer;

/** The doors below {@code /api/} of an exporter, for somebody who does not wait for answers. */
interface ExporterDoors {

  /** Sends JSON; what the exporter does not take is lost. */
  void post(String path, byte[] body);

  /** Asks; the answer comes later, on another thread, or never. */
  void get(String path, Consumer<byte[]> answer);
}
