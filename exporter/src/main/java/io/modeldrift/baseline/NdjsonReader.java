package io.modeldrift.baseline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modeldrift.baseline.RowProblems.Kind;
import io.modeldrift.decode.DecodeSettings;
import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Decoders;
import io.modeldrift.decode.Payload;
import io.modeldrift.decode.PayloadDecoder;
import io.modeldrift.decode.PayloadHeaders;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.SchemaProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One pass over a file of JSON lines. Many lines are decoded as one native payload, which is all or
 * nothing; if it is refused, its lines are decoded one by one to find the bad ones.
 */
final class NdjsonReader implements RowReader {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final ModelKey UNNAMED = ModelKey.of("unnamed");
  private static final byte[] FLAT_START = "{\"features\":".getBytes(UTF_8);
  private static final int MAX_BYTES = 64 << 20;

  private final String name;
  private final SourceFile file;
  private final LineChunk chunk;
  private final RowProblems problems = new RowProblems();
  private final PayloadDecoder decoder =
      Decoders.standard(
          DecodeSettings.defaults().withDefaultModel(UNNAMED).withMaxBytes(MAX_BYTES));
  private final Deque<InferenceBatch> decoded = new ArrayDeque<>();
  private final Deque<LineChunk.Line> singles = new ArrayDeque<>();
  private final ColumnChoice choice;
  private Optional<ModelKey> model;
  private @Nullable ColumnPicker picker;
  private boolean flat;
  private long currentLine;

  NdjsonReader(String name, SourceFile file, Optional<ModelKey> model, ColumnChoice choice) {
    this.name = name;
    this.file = file;
    this.chunk = new LineChunk(file.content());
    this.model = model;
    this.choice = choice;
  }

  @Override
  public @Nullable InferenceBatch next() throws IOException {
    while (true) {
      InferenceBatch batch = decoded.poll();
      if (batch != null) {
        if (isOfModel(batch)) {
          return picked(batch);
        }
      } else if (!singles.isEmpty()) {
        decodeSingle(singles.remove());
      } else if (nextChunk()) {
        decodeTogether();
      } else {
        return null;
      }
    }
  }

  @Override
  public RowProblems problems() {
    return problems;
  }

  @Override
  public double progress() {
    return file.progress();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private InferenceBatch picked(InferenceBatch batch) {
    InferenceBatch result = picker().pick(batch);
    int refused =
        batch.problems(SchemaProblem.TOO_MANY_FEATURES)
            + (result == batch ? 0 : result.problems(SchemaProblem.TOO_MANY_FEATURES));
    if (refused > 0) {
      problems.add(Kind.TOO_MANY_COLUMNS, currentLine);
    }
    return result;
  }

  private ColumnPicker picker() {
    if (picker == null) {
      picker = new ColumnPicker(choice, !flat);
    }
    return picker;
  }

  private boolean isOfModel(InferenceBatch batch) {
    if (model.isEmpty()) {
      model = Optional.of(batch.model());
    }
    if (batch.model().equals(UNNAMED) || batch.model().equals(model.get())) {
      return true;
    }
    for (int row = 0; row < batch.rows(); row++) {
      problems.add(Kind.OTHER_MODEL, currentLine);
    }
    return false;
  }

  private boolean nextChunk() throws IOException {
    boolean first = chunk.linesRead() == 0;
    try {
      if (!chunk.next()) {
        return false;
      }
    } catch (IOException e) {
      throw new IOException(name + ": after line " + chunk.linesRead() + ": " + e.getMessage(), e);
    }
    if (first) {
      flat = isFlat();
    }
    return true;
  }

  /** The first line that is an object decides for the file. */
  private boolean isFlat() throws IOException {
    for (LineChunk.Line line : chunk.lines()) {
      JsonNode node = tree(line);
      if (node != null && node.isArray()) {
        throw new IOException(
            name
                + ": line "
                + line.number()
                + " is an array: one object a line is expected; jq -c '.[]' makes that");
      }
      if (node != null && node.isObject()) {
        return !node.path("features").isContainer();
      }
    }
    return true;
  }

  private @Nullable JsonNode tree(LineChunk.Line line) {
    try {
      return MAPPER.readTree(chunk.bytes(), line.offset(), line.length());
    } catch (JacksonException e) {
      return null;
    }
  }

  private void decodeTogether() {
    List<LineChunk.Line> lines = chunk.lines();
    currentLine = lines.get(0).number();
    Decoded result = decode(lines);
    if (result instanceof Decoded.Inferences inferences) {
      decoded.addAll(inferences.batches());
    } else {
      singles.addAll(lines);
    }
  }

  private void decodeSingle(LineChunk.Line line) {
    currentLine = line.number();
    Decoded result = decode(List.of(line));
    if (result instanceof Decoded.Inferences inferences) {
      decoded.addAll(inferences.batches());
    } else if (result instanceof Decoded.Rejected rejected) {
      problems.add(Kind.BAD_RECORD, line.number(), rejected.detail());
    } else {
      problems.add(Kind.BAD_RECORD, line.number());
    }
  }

  private Decoded decode(List<LineChunk.Line> lines) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (LineChunk.Line line : lines) {
      if (flat) {
        body.writeBytes(FLAT_START);
      }
      body.write(chunk.bytes(), line.offset(), line.length());
      if (flat) {
        body.write('}');
      }
      body.write('\n');
    }
    return decoder.decode(
        new Payload(
            Payload.Door.NATIVE, "", PayloadHeaders.none(), body.toByteArray(), Instant.EPOCH));
  }
}
