package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;

/**
 * Features without any envelope: a flat object is one row, an array is rows. Only for models that
 * are configured for it; of other models an array is a response, if the transport says so.
 */
final class BareFormat implements JsonFormat {

  private final Bench bench;

  BareFormat(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.BARE;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    if (!applies(message)) {
      return false;
    }
    for (int i = 0; i < body.size(); i++) {
      if (!Json.isScalar(body.value(i))) {
        return false;
      }
    }
    return body.size() > 0;
  }

  /** Returns whether a body of this message without envelope can be rows at all. */
  boolean applies(Message message) {
    ModelKey model = bench.model(message, "", "");
    return message.isResponse() || bench.settings().model(model.name()).bareFeatures();
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    return decode(message.body(), message);
  }

  /** Decodes an object as one row, or an array as rows. */
  Decoded decode(Slice value, Message message) {
    boolean response = message.isResponse();
    InferenceBatch batch =
        bench.open(
            bench.model(message, "", ""),
            response ? BatchKind.RESPONSE : BatchKind.REQUEST,
            message.time());
    RowWriter rows = new RowWriter(bench, batch, response ? Role.OUTPUT : Role.INPUT, false);
    Tables.writeRows(rows, value, "");
    return bench.result(protocol(message));
  }
}
