package io.modeldrift.app.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Doors of an exporter that remember what was sent, and answer questions at once. */
final class RecordedDoors implements ExporterDoors {

  /** What was sent where. */
  record Sent(String path, JsonNode body) {}

  private final String answer;
  private final List<Sent> sent = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  /** Takes what every question is answered with. */
  RecordedDoors(String answer) {
    this.answer = answer;
  }

  @Override
  public void post(String path, byte[] body) {
    sent.add(new Sent(path, JsonMapper.shared().readTree(body)));
  }

  @Override
  public void get(String path, Consumer<byte[]> taker) {
    asked.add(path);
    taker.accept(answer.getBytes(StandardCharsets.UTF_8));
  }

  List<Sent> sent() {
    return sent;
  }

  List<String> asked() {
    return asked;
  }
}
