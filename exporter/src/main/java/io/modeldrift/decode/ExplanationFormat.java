package io.modeldrift.decode;

import io.modeldrift.decode.Route.Kind;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers of explainers: attributions of rows whose features came with the request.
 *
 * <pre>{@code
 * {"explanations": [{"age": -0.12, "income": 0.4}]}
 * {"explanations": [[-0.12, 0.4]], "feature_names": ["age", "income"]}
 * {"meta": {...}, "data": {"shap_values": [[[-0.12, 0.4]]], "feature_names": ["age", "income"]}}
 * }</pre>
 *
 * <p>The last one is Alibi's, with a matrix of rows and features for each class; the sizes of an
 * input's attributions to all classes are added. Without names, positions count.
 */
final class ExplanationFormat implements JsonFormat {

  private static final String EXPLAINER = "/explainer";

  private final Bench bench;

  ExplanationFormat(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.V1;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return body.has("explanations")
        || (message.route().kind() == Kind.V1_EXPLAIN && alibi(body) != null);
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    InferenceBatch batch = bench.open(message, BodyIdentity.NONE, BatchKind.EXPLANATION);
    batch.setModel(explained(batch.model()));
    JsonOutline alibi = alibi(body);
    if (alibi != null) {
      List<String> names = names(alibi, "/data");
      JsonElements classes = array(alibi.findGiven("shap_values"), "/data/shap_values");
      for (int i = 0; i < classes.size(); i++) {
        writeRows(batch, classes.get(i), names, "/data/shap_values/" + i);
      }
    } else {
      writeRows(batch, body.findGiven("explanations"), names(body, ""), "/explanations");
    }
    return bench.result(Protocol.V1);
  }

  /** An explainer stands in front of its predictor and is about the predictor's model. */
  private static ModelKey explained(ModelKey model) {
    String name = model.name();
    return name.endsWith(EXPLAINER) && name.length() > EXPLAINER.length()
        ? new ModelKey(name.substring(0, name.length() - EXPLAINER.length()), model.version())
        : model;
  }

  private static @Nullable JsonOutline alibi(JsonOutline body) {
    Slice data = body.findGiven("data");
    JsonOutline outline = data == null ? null : JsonOutline.ofObject(data, 1);
    return outline != null && outline.has("shap_values") ? outline : null;
  }

  private void writeRows(
      InferenceBatch batch, @Nullable Slice value, List<String> names, String pointer) {
    JsonElements rows = array(value, pointer);
    bench.checkRows(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      batch.ensureRows(row + 1);
      bench.checkSize(batch);
      Slice given = rows.get(row);
      if (Json.isArray(given)) {
        writePositions(batch, JsonElements.of(given, 1), names, row, pointer + "/" + row);
      } else {
        Attributions.write(batch, given, row, pointer + "/" + row);
      }
    }
  }

  private void writePositions(
      InferenceBatch batch, JsonElements values, List<String> names, int row, String pointer) {
    if (values.size() > bench.settings().maxFeatures()) {
      throw new Rejection(RejectReason.TOO_LARGE, "more attributions than features", pointer);
    }
    VectorNames positions = bench.positional(Role.INPUT, batch.model().name());
    for (int i = 0; i < values.size(); i++) {
      String name = i < names.size() ? names.get(i) : positions.at(i);
      Attributions.write(batch, name, values.get(i), row, pointer + "/" + i);
    }
  }

  private static List<String> names(JsonOutline body, String pointer) {
    Slice given = body.findGiven("feature_names");
    List<String> names = new ArrayList<>();
    if (given != null) {
      JsonElements elements = array(given, pointer + "/feature_names");
      for (int i = 0; i < elements.size(); i++) {
        names.add(Json.text(elements.get(i)));
      }
    }
    return names;
  }

  private static JsonElements array(@Nullable Slice value, String pointer) {
    if (value == null || !Json.isArray(value)) {
      throw new Rejection(RejectReason.BAD_SHAPE, "an array is expected", pointer);
    }
    return JsonElements.of(value, 1);
  }
}
