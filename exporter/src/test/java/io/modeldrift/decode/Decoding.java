package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.decode.Payload.Door;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A decoder and the payload that a test sends it, in the words of the test. */
final class Decoding {

  static final Instant ARRIVAL = Instant.parse("2030-01-01T00:00:00Z");

  private final PayloadDecoder decoder;
  private final Map<String, String> headers = new HashMap<>();
  private Door door = Door.MIRROR;
  private String path = "";

  private Decoding(DecodeSettings settings) {
    this.decoder = Decoders.standard(settings);
  }

  static Decoding mirror(String path) {
    return with(DecodeSettings.defaults()).at(path);
  }

  static Decoding nativeDoor() {
    Decoding decoding = with(DecodeSettings.defaults());
    decoding.door = Door.NATIVE;
    return decoding.at("/api/v1/inferences");
  }

  static Decoding feedbackDoor() {
    Decoding decoding = with(DecodeSettings.defaults());
    decoding.door = Door.FEEDBACK;
    return decoding.at("/api/v1/feedback");
  }

  static Decoding groundTruthDoor() {
    Decoding decoding = with(DecodeSettings.defaults());
    decoding.door = Door.GROUND_TRUTH;
    return decoding.at("/api/v1/ground-truth");
  }

  static Decoding with(DecodeSettings settings) {
    return new Decoding(settings);
  }

  Decoding at(String newPath) {
    path = newPath;
    return this;
  }

  Decoding header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Decoded decode(byte[] body) {
    return decoder.decode(new Payload(door, path, PayloadHeaders.of(headers), body, ARRIVAL));
  }

  Decoded decode(String body) {
    return decode(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Decodes a body that holds rows of one model. */
  InferenceBatch batch(byte[] body) {
    Decoded decoded = decode(body);
    assertThat(decoded).isInstanceOf(Decoded.Inferences.class);
    List<InferenceBatch> batches = ((Decoded.Inferences) decoded).batches();
    assertThat(batches).hasSize(1);
    return batches.get(0);
  }

  InferenceBatch batch(String body) {
    return batch(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Decodes a body and returns its rows, inputs before outputs. */
  List<Map<String, Object>> rows(String body) {
    return rowsOf(batch(body));
  }

  List<Map<String, Object>> rows(byte[] body) {
    return rowsOf(batch(body));
  }

  /** Decodes a body that cannot be used and returns {@code protocol reason pointer}. */
  String rejection(String body) {
    return verdict(decode(body));
  }

  static String verdict(Decoded decoded) {
    if (decoded instanceof Decoded.Rejected rejected) {
      return (rejected.protocol().label()
              + " "
              + rejected.reason().label()
              + " "
              + rejected.pointer())
          .trim();
    }
    if (decoded instanceof Decoded.Ignored ignored) {
      return ignored.protocol().label() + " ignored " + ignored.reason().label();
    }
    return decoded.protocol().label() + " accepted";
  }

  static List<Map<String, Object>> rowsOf(InferenceBatch batch) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      Map<String, Object> cells = new LinkedHashMap<>();
      addCells(cells, batch.columns(Role.INPUT), row);
      addCells(cells, batch.columns(Role.OUTPUT), row);
      rows.add(cells);
    }
    return rows;
  }

  private static void addCells(Map<String, Object> cells, List<Column> columns, int row) {
    for (Column column : columns) {
      switch (column.kind(row)) {
        case Column.NUMBER -> cells.put(column.name(), column.number(row));
        case Column.TEXT -> cells.put(column.name(), column.text(row));
        case Column.TRUE -> cells.put(column.name(), true);
        case Column.FALSE -> cells.put(column.name(), false);
        case Column.MISSING -> cells.put(column.name(), "(missing)");
        case Column.OPAQUE -> cells.put(column.name(), "(opaque)");
        default -> {}
      }
    }
  }
}
