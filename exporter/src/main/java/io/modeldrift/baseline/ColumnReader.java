package io.modeldrift.baseline;

import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Role;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one column of a baseline file. */
final class ColumnReader {

  private static final int SPECIAL_CATEGORICAL_BINS = 4;
  private static final int SPECIAL_NUMERIC_BINS = 2;

  BaselineColumn read(JsonPlace place) throws BaselineFormatException {
    place.hasOnly(
        "name",
        "role",
        "type",
        "importance",
        "mean",
        "standard_deviation",
        "bins",
        "tail",
        "chunks",
        "derivation");
    ColumnType type = type(place.get("type"));
    List<JsonPlace> bins = place.get("bins").items();
    BinLayout layout =
        type == ColumnType.NUMERIC
            ? numericLayout(place, bins)
            : categoricalLayout(place, bins, place.find("tail"));
    checkNames(bins, layout);
    JsonPlace importance = place.find("importance");
    JsonPlace derivation = place.find("derivation");
    try {
      return new BaselineColumn(
          place.get("name").text(),
          role(place.get("role")),
          layout,
          counts(bins, layout),
          type == ColumnType.NUMERIC ? place.get("mean").number() : 0,
          type == ColumnType.NUMERIC ? place.get("standard_deviation").number() : 0,
          chunks(place.find("chunks"), layout),
          importance == null ? 1 : importance.number(),
          derivation == null ? null : DerivationJson.read(derivation));
    } catch (IllegalArgumentException e) {
      throw place.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static ColumnType type(JsonPlace place) throws BaselineFormatException {
    for (ColumnType type : ColumnType.values()) {
      if (type.label().equals(place.text())) {
        return type;
      }
    }
    throw place.wrong("expected \"numeric\" or \"categorical\"");
  }

  private static Role role(JsonPlace place) throws BaselineFormatException {
    for (Role role : Role.values()) {
      if (role.label().equals(place.text())) {
        return role;
      }
    }
    throw place.wrong("expected \"input\", \"output\" or \"derived\"");
  }

  /** The edges are the lower ends of the intervals; upper ends are for people, but must agree. */
  private static NumericLayout numericLayout(JsonPlace column, List<JsonPlace> bins)
      throws BaselineFormatException {
    int valueBins = bins.size() - SPECIAL_NUMERIC_BINS;
    if (valueBins < 2) {
      throw column.get("bins").wrong("has " + bins.size() + " bins, at least 4 are needed");
    }
    int intervals = valueBins - 2;
    double[] lower = new double[intervals];
    double max = 0;
    for (int i = 0; i < intervals; i++) {
      JsonPlace bin = bins.get(i + 1);
      lower[i] = bin.get("lower").finite();
      max = bin.get("upper").finite();
    }
    NumericLayout layout = layout(column, lower, max);
    for (int bin = 0; bin < valueBins; bin++) {
      checkEdge(bins.get(bin).find("lower"), layout.lower(bin));
      checkEdge(bins.get(bin).find("upper"), layout.upper(bin));
    }
    return layout;
  }

  private static NumericLayout layout(JsonPlace column, double[] lower, double max)
      throws BaselineFormatException {
    try {
      return NumericLayout.of(lower, max);
    } catch (IllegalArgumentException e) {
      throw column.get("bins").wrong(String.valueOf(e.getMessage()));
    }
  }

  private static void checkEdge(@Nullable JsonPlace place, double edge)
      throws BaselineFormatException {
    if (place != null && place.number() != edge) {
      throw place.wrong("is " + place.number() + ", but the bins beside it end at " + edge);
    }
  }

  private static CategoricalLayout categoricalLayout(
      JsonPlace column, List<JsonPlace> bins, @Nullable JsonPlace tail)
      throws BaselineFormatException {
    int own = bins.size() - SPECIAL_CATEGORICAL_BINS;
    if (own < 0) {
      throw column.get("bins").wrong("has " + bins.size() + " bins, at least 4 are needed");
    }
    List<String> categories = new ArrayList<>();
    for (JsonPlace bin : bins.subList(0, own)) {
      categories.add(bin.get("category").text());
    }
    long[] hashes = tail == null ? new long[0] : hashes(tail);
    try {
      return CategoricalLayout.of(categories, hashes);
    } catch (IllegalArgumentException e) {
      throw column.get("bins").wrong(String.valueOf(e.getMessage()));
    }
  }

  private static long[] hashes(JsonPlace tail) throws BaselineFormatException {
    List<JsonPlace> items = tail.items();
    long[] hashes = new long[items.size()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = hash(items.get(i));
    }
    return hashes;
  }

  static long hash(JsonPlace place) throws BaselineFormatException {
    String digits = place.text();
    if (digits.length() != 16 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw place.wrong("expected 16 hexadecimal digits");
    }
    return HexFormat.fromHexDigitsToLong(digits);
  }

  /** A category that happens to be called like a special bin is one all the same. */
  private static void checkNames(List<JsonPlace> bins, BinLayout layout)
      throws BaselineFormatException {
    int own = layout instanceof CategoricalLayout categorical ? categorical.categories().size() : 0;
    for (int bin = 0; bin < bins.size(); bin++) {
      JsonPlace place = bins.get(bin);
      place.hasOnly(bin < own ? "category" : "bin", "lower", "upper", "count", "sum");
      if (bin >= own && !place.get("bin").text().equals(layout.name(bin))) {
        throw place.get("bin").wrong("expected \"" + layout.name(bin) + "\" here");
      }
    }
  }

  private static BinnedCounts counts(List<JsonPlace> bins, BinLayout layout)
      throws BaselineFormatException {
    long[] counts = new long[bins.size()];
    double[] sums = new double[layout.valueBins() == 0 ? 0 : counts.length];
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] = bins.get(bin).get("count").count();
      if (bin < layout.valueBins()) {
        sums[bin] = bins.get(bin).get("sum").number();
      }
    }
    return BinnedCounts.of(counts, sums);
  }

  private static List<BinnedCounts> chunks(@Nullable JsonPlace place, BinLayout layout)
      throws BaselineFormatException {
    List<BinnedCounts> chunks = new ArrayList<>();
    for (JsonPlace chunk : place == null ? List.<JsonPlace>of() : place.items()) {
      chunk.hasOnly("counts", "sums");
      chunks.add(chunk(chunk, layout));
    }
    return chunks;
  }

  private static BinnedCounts chunk(JsonPlace place, BinLayout layout)
      throws BaselineFormatException {
    List<JsonPlace> counted = items(place.get("counts"), layout.bins());
    long[] counts = new long[counted.size()];
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] = counted.get(bin).count();
    }
    if (layout.valueBins() == 0) {
      return BinnedCounts.of(counts);
    }
    List<JsonPlace> summed = items(place.get("sums"), layout.valueBins());
    double[] sums = new double[counts.length];
    for (int bin = 0; bin < summed.size(); bin++) {
      sums[bin] = summed.get(bin).number();
    }
    return BinnedCounts.of(counts, sums);
  }

  private static List<JsonPlace> items(JsonPlace place, int number) throws BaselineFormatException {
    List<JsonPlace> items = place.items();
    if (items.size() != number) {
      throw place.wrong("has " + items.size() + " numbers, " + number + " are needed");
    }
    return items;
  }
}
