package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;

/** One wrapped vector that is a whole body or a line of one: SageMaker's JSON lines. */
final class SagemakerFormat implements JsonFormat {

  private final Bench bench;

  SagemakerFormat(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.SAGEMAKER;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return WrappedFeatures.isWrapper(body);
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    InferenceBatch batch = bench.open(message, BodyIdentity.NONE, BatchKind.REQUEST);
    int row = batch.rows();
    RowWriter rows = new RowWriter(bench, batch, Role.INPUT, false);
    WrappedFeatures.writeRow(rows, message.body(), row, "");
    bench.identify(batch, row, message, BodyIdentity.NONE);
    return bench.result(Protocol.SAGEMAKER);
  }
}
