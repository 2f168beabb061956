package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import org.jspecify.annotations.Nullable;

/**
 * Features without any envelope: a flat object is one row, an array is rows. Only for models that
 * are configured for it, as it is for a single key that wraps an array (BentoML); of other models
 * it is a response, if the transport says so.
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
    if (body.size() == 1 && Json.isArray(body.value(0))) {
      return true;
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
    ModelKey model = bench.model(message, BodyIdentity.NONE);
    return message.isResponse() || bench.settings().model(model.name()).bareFeatures();
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    boolean wrapped = body.size() == 1 && Json.isArray(body.value(0)) && !message.isResponse();
    return decode(wrapped ? body.value(0) : object(body, message), message);
  }

  private static Slice object(JsonOutline body, Message message) {
    return message.body().between(message.body().from(), body.end());
  }

  /** Returns the best class where DJL answers a list of them, which is one row and not many. */
  private static @Nullable Slice topClass(Slice value) {
    JsonElements classes = Json.isArray(value) ? JsonElements.of(value, 0) : null;
    if (classes == null || classes.size() == 0) {
      return null;
    }
    JsonOutline first = JsonOutline.ofObject(classes.get(0), 1);
    return first != null && first.has("className") && first.has("probability")
        ? classes.get(0)
        : null;
  }

  /** Decodes an object as one row, or an array as rows. */
  Decoded decode(Slice value, Message message) {
    boolean response = message.isResponse();
    InferenceBatch batch =
        bench.open(message, BodyIdentity.NONE, response ? BatchKind.RESPONSE : BatchKind.REQUEST);
    int firstRow = batch.rows();
    RowWriter rows = new RowWriter(bench, batch, response ? Role.OUTPUT : Role.INPUT, false);
    Slice ranked = response ? topClass(value) : null;
    if (ranked != null) {
      rows.writeRow(ranked, firstRow, "/0");
    } else {
      Tables.writeRows(rows, value, firstRow, "");
    }
    bench.identify(batch, firstRow, message, BodyIdentity.NONE);
    return bench.result(protocol(message));
  }
}
