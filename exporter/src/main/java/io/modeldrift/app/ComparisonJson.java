package io.modeldrift.app;

import io.modeldrift.evaluate.ColumnReport;
import io.modeldrift.evaluate.ColumnVerdict;
import io.modeldrift.evaluate.MeasureScore;
import io.modeldrift.statistics.Contribution;
import io.modeldrift.statistics.Measure;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a comparison for a program: everything that is known, and null for what is not. */
final class ComparisonJson {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private ComparisonJson() {}

  static String of(
      Comparison comparison, Path current, List<ChosenRecipe> recipes, List<String> messages) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("state", comparison.worst().label());
    root.putObject("baseline")
        .put("id", comparison.baseline().id())
        .put("source", comparison.baseline().source())
        .put("rows", comparison.baseline().rows());
    root.putObject("current")
        .put("source", String.valueOf(current.getFileName()))
        .put("rows", comparison.window().rows());
    ArrayNode columns = root.putArray("columns");
    for (ColumnReport column : comparison.window().columns()) {
      write(columns.addObject(), column, recipes);
    }
    ArrayNode notes = root.putArray("messages");
    messages.forEach(notes::add);
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static void write(ObjectNode node, ColumnReport column, List<ChosenRecipe> recipes) {
    node.put("name", column.name());
    node.put("role", column.role().label());
    node.put("type", column.reference().column().isNumeric() ? "numeric" : "categorical");
    node.put("state", column.verdict().state().label());
    node.put("baseline_rows", column.reference().column().counts().total());
    node.put("rows", column.rows());
    column.verdict().requiredRows().ifPresent(rows -> node.put("required_rows", rows));
    if (column.verdict() instanceof ColumnVerdict.Scored scored) {
      writeScores(node, scored);
    } else if (column.verdict() instanceof ColumnVerdict.Insufficient insufficient) {
      node.put("reason", insufficient.reason().label());
    }
    writeRecipes(node, column, recipes);
    writeBins(node, column);
  }

  private static void writeScores(ObjectNode node, ColumnVerdict.Scored scored) {
    node.put("verdict_measure", scored.verdict().measure().label());
    node.put("noise_floor", scored.noiseFloor());
    node.put("corrected_psi", scored.correctedPsi());
    ObjectNode measures = node.putObject("measures");
    for (MeasureScore score : scored.scores()) {
      ObjectNode measure = measures.putObject(score.measure().label());
      measure.put("score", score.driftScore());
      put(measure, "warning_threshold", score.warningThreshold());
      put(measure, "drifted_threshold", score.driftedThreshold());
      put(measure, "warning_p_value", score.warningPValue());
      put(measure, "drifted_p_value", score.driftedPValue());
    }
    ArrayNode contributions = node.putArray("contributions");
    for (Contribution contribution : scored.contributions()) {
      contributions.addObject().put("bin", contribution.bin()).put("psi", contribution.signed());
    }
  }

  private static void writeRecipes(
      ObjectNode node, ColumnReport column, List<ChosenRecipe> recipes) {
    for (ChosenRecipe recipe : recipes) {
      ObjectNode scores = node.withObject("/recipes").putObject(recipe.label());
      for (Measure measure : Measure.values()) {
        if (recipe.appliesTo(measure)
            && (column.reference().column().isNumeric() || !measure.needsOrder())) {
          put(
              scores,
              measure.label(),
              recipe.score(measure, ComparisonTable.pair(column)).asOptional());
        }
      }
    }
  }

  private static void writeBins(ObjectNode node, ColumnReport column) {
    ArrayNode bins = node.putArray("bins");
    for (int bin = 0; bin < column.current().bins(); bin++) {
      bins.addObject()
          .put("bin", column.reference().column().layout().name(bin))
          .put("baseline", column.reference().column().counts().count(bin))
          .put("current", column.current().count(bin));
    }
  }

  private static void put(ObjectNode node, String name, OptionalDouble number) {
    if (number.isPresent()) {
      node.put(name, number.getAsDouble());
    } else {
      node.putNull(name);
    }
  }
}
