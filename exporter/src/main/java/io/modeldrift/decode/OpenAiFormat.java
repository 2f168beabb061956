package io.modeldrift.decode;

import io.modeldrift.decode.Route.Kind;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI style requests and responses: how long and with which parameters, never the text itself.
 */
final class OpenAiFormat implements JsonFormat {

  private static final List<String> PARAMETERS = List.of("temperature", "max_tokens", "top_p");
  private static final List<String> USAGE = List.of("prompt_tokens", "completion_tokens");

  private final Bench bench;

  OpenAiFormat(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.OPENAI;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return isRequest(body) || isResponse(body) || message.route().kind() == Kind.OPENAI;
  }

  private static boolean isRequest(JsonOutline body) {
    return body.hasStarting("messages", '[')
        || body.has("prompt")
        || (body.has("input") && body.has("model"));
  }

  private static boolean isResponse(JsonOutline body) {
    return body.has("object") && (body.has("choices") || body.has("usage"));
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    boolean response = isResponse(body);
    if (!response && !isRequest(body)) {
      throw new Rejection(RejectReason.MISSING_FIELD, "no messages, prompt or input is given");
    }
    BodyIdentity identity =
        new BodyIdentity(body.text("model"), "", response ? body.text("id") : "");
    InferenceBatch batch =
        bench.open(message, identity, response ? BatchKind.RESPONSE : BatchKind.REQUEST);
    int row = batch.addRow();
    if (response) {
      writeResponse(body, batch, row);
    } else {
      writeRequest(body, batch, row);
    }
    bench.identify(batch, row, message, identity);
    return bench.result(Protocol.OPENAI);
  }

  private static void writeRequest(JsonOutline body, InferenceBatch batch, int row) {
    Slice messages = body.find("messages");
    if (messages != null && Json.isArray(messages)) {
      set(batch, Role.INPUT, "message_count", row, JsonElements.of(messages, 1).size());
    }
    Slice text = messages == null ? body.find("prompt") : messages;
    set(batch, Role.INPUT, "prompt_characters", row, characters(text, body.find("input")));
    for (String parameter : PARAMETERS) {
      setNumber(batch, Role.INPUT, parameter, row, body.findGiven(parameter));
    }
  }

  /** Returns how long the texts are; of a message only its content counts. */
  private static int characters(@Nullable Slice prompt, @Nullable Slice input) {
    Slice value = prompt == null ? input : prompt;
    if (value == null || Json.isNull(value)) {
      return 0;
    }
    if (Json.isString(value)) {
      return Json.text(value).codePointCount(0, Json.text(value).length());
    }
    int sum = 0;
    if (Json.isArray(value)) {
      JsonElements parts = JsonElements.of(value, 2);
      for (int i = 0; i < parts.size(); i++) {
        sum += characters(parts.get(i), null);
      }
    } else if (Json.isObject(value)) {
      JsonOutline object = JsonOutline.of(value, 2);
      Slice content = object.findGiven("content");
      Slice text = content == null ? object.findGiven("text") : content;
      sum = text == null ? 0 : characters(text, null);
    }
    return sum;
  }

  private static void writeResponse(JsonOutline body, InferenceBatch batch, int row) {
    Slice usage = body.findGiven("usage");
    if (usage != null && Json.isObject(usage)) {
      JsonOutline counts = JsonOutline.of(usage, 1);
      for (String name : USAGE) {
        setNumber(batch, Role.OUTPUT, name, row, counts.findGiven(name));
      }
    }
    Slice choices = body.findGiven("choices");
    if (choices != null && Json.isArray(choices)) {
      writeFinishReason(JsonElements.of(choices, 1), batch, row);
    }
  }

  private static void writeFinishReason(JsonElements choices, InferenceBatch batch, int row) {
    Column column = batch.column(Role.OUTPUT, "finish_reason");
    if (choices.size() == 0 || column == null || !Json.isObject(choices.get(0))) {
      return;
    }
    String reason = JsonOutline.of(choices.get(0), 2).text("finish_reason");
    if (reason.isEmpty()) {
      column.setMissing(row);
    } else {
      column.setText(row, reason);
    }
  }

  private static void setNumber(
      InferenceBatch batch, Role role, String name, int row, @Nullable Slice value) {
    if (value != null && Json.isScalar(value) && !Json.isString(value)) {
      set(batch, role, name, row, Json.number(value, "/" + name));
    }
  }

  private static void set(InferenceBatch batch, Role role, String name, int row, double number) {
    Column column = batch.column(role, name);
    if (column != null) {
      column.setNumber(row, number);
    }
  }
}
