package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;

/** Triton's text generation: the lengths of what went in and came out, never the text. */
final class GenerateFormat implements JsonFormat {

  private final Bench bench;

  GenerateFormat(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.GENERATE;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return body.hasStarting("text_input", '"') || body.hasStarting("text_output", '"');
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    boolean response = !body.has("text_input");
    String text = body.text(response ? "text_output" : "text_input");
    BodyIdentity identity =
        new BodyIdentity(body.text("model_name"), body.text("model_version"), body.text("id"));
    InferenceBatch batch =
        bench.open(message, identity, response ? BatchKind.RESPONSE : BatchKind.REQUEST);
    int row = batch.addRow();
    Column column =
        batch.column(
            response ? Role.OUTPUT : Role.INPUT,
            response ? "completion_characters" : "prompt_characters");
    if (column != null) {
      column.setNumber(row, text.codePointCount(0, text.length()));
    }
    bench.identify(batch, row, message, identity);
    return bench.result(Protocol.GENERATE);
  }
}
