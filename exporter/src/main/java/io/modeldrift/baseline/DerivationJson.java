package io.modeldrift.baseline;

import io.modeldrift.baseline.Derivation.OfText;
import io.modeldrift.baseline.Derivation.OfVector;
import io.modeldrift.baseline.Derivation.Reconstruction;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Formulas of derived columns as they stand in a baseline file. */
final class DerivationJson {

  private DerivationJson() {}

  static ObjectNode of(Derivation derivation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", derivation.kind().label());
    if (derivation instanceof OfText text) {
      json.put("column", text.column());
      if (text.kind() == DerivedKind.OUT_OF_VOCABULARY) {
        ArrayNode vocabulary = json.putArray("vocabulary");
        text.vocabulary().forEach(hash -> vocabulary.add(HexFormat.of().toHexDigits(hash)));
      }
    } else if (derivation instanceof OfVector vector) {
      json.put("column", vector.column());
      put(json.putArray("centroid"), vector.centroid());
    } else if (derivation instanceof Reconstruction reconstruction) {
      ArrayNode columns = json.putArray("columns");
      reconstruction.columns().forEach(columns::add);
      put(json.putArray("means"), reconstruction.means());
      put(json.putArray("standard_deviations"), reconstruction.deviations());
      ArrayNode components = json.putArray("components");
      reconstruction.components().forEach(component -> put(components.addArray(), component));
    }
    return json;
  }

  private static void put(ArrayNode array, List<Double> numbers) {
    numbers.forEach(array::add);
  }

  static Derivation read(JsonPlace place) throws BaselineFormatException {
    DerivedKind kind = kind(place.get("kind"));
    try {
      if (kind.ofText()) {
        place.hasOnly("kind", "column", "vocabulary");
        JsonPlace vocabulary = place.find("vocabulary");
        return new OfText(
            kind, place.get("column").text(), vocabulary == null ? List.of() : hashes(vocabulary));
      }
      if (kind.ofVector()) {
        place.hasOnly("kind", "column", "centroid");
        return new OfVector(kind, place.get("column").text(), numbers(place.get("centroid")));
      }
      return reconstruction(place);
    } catch (IllegalArgumentException e) {
      throw place.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static Reconstruction reconstruction(JsonPlace place) throws BaselineFormatException {
    place.hasOnly("kind", "columns", "means", "standard_deviations", "components");
    List<String> columns = new ArrayList<>();
    for (JsonPlace column : place.get("columns").items()) {
      columns.add(column.text());
    }
    List<List<Double>> components = new ArrayList<>();
    for (JsonPlace component : place.get("components").items()) {
      components.add(numbers(component));
    }
    return new Reconstruction(
        columns,
        numbers(place.get("means")),
        numbers(place.get("standard_deviations")),
        components);
  }

  private static DerivedKind kind(JsonPlace place) throws BaselineFormatException {
    for (DerivedKind kind : DerivedKind.values()) {
      if (kind.label().equals(place.text())) {
        return kind;
      }
    }
    throw place.wrong("is no way to derive a column");
  }

  private static List<Long> hashes(JsonPlace place) throws BaselineFormatException {
    List<Long> hashes = new ArrayList<>();
    for (JsonPlace item : place.items()) {
      hashes.add(ColumnReader.hash(item));
    }
    return hashes.stream().sorted().toList();
  }

  private static List<Double> numbers(JsonPlace place) throws BaselineFormatException {
    List<Double> numbers = new ArrayList<>();
    for (JsonPlace item : place.items()) {
      numbers.add(item.finite());
    }
    return numbers;
  }
}
