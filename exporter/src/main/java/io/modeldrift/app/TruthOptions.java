package io.modeldrift.app;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.ColumnChoice;
import io.modeldrift.baseline.RowReader;
import io.modeldrift.baseline.RowSource;
import io.modeldrift.baseline.ScanResult;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.truth.BaselineTruthBuilder;
import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import io.modeldrift.truth.OutputClasses;
import io.modeldrift.truth.OutputKind;
import io.modeldrift.truth.OutputSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the ground truth of a baseline's rows stands, and which columns it belongs to. */
final class TruthOptions {

  @Option(
      names = "--truth",
      paramLabel = "COLUMN",
      description =
          "Column with what turned out. The baseline then also says how good the model was, and the"
              + " column is left out of the comparison.")
  private String truth = "";

  @Option(
      names = "--output-kind",
      paramLabel = "KIND",
      converter = KindConverter.class,
      description = "What the model predicts: binary, multiclass or regression.")
  private @Nullable OutputKind kind;

  @Option(
      names = "--score",
      paramLabel = "COLUMN",
      description = "Output with the probability of the positive class, or the predicted number.")
  private String score = "";

  @Option(
      names = "--decision",
      paramLabel = "COLUMN",
      description = "Output with the predicted class.")
  private String decision = "";

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description = "Score from which the decision is positive. Default: 0.5.")
  private double threshold = OutputSettings.DEFAULT_THRESHOLD;

  @Option(
      names = "--positive",
      paramLabel = "CLASS",
      description = "Name of the positive class, if it is neither 1 nor true.")
  private String positive = "";

  @Option(
      names = "--segments",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns by whose values performance is told apart.")
  private List<String> segments = List.of();

  boolean isAsked() {
    return !truth.isEmpty();
  }

  /** Returns the columns that are compared: all but the truth. */
  ColumnChoice without(ColumnChoice choice) {
    Set<String> excluded = new HashSet<>(choice.excluded());
    if (isAsked()) {
      excluded.add(truth);
    }
    return new ColumnChoice(choice.inputs(), choice.outputs(), excluded);
  }

  /** Returns the same columns with the truth beside them. */
  ColumnChoice beside(ColumnChoice choice) {
    Set<String> inputs = new HashSet<>(choice.inputs());
    Set<String> excluded = new HashSet<>(choice.excluded());
    inputs.add(truth);
    excluded.remove(truth);
    return new ColumnChoice(inputs, choice.outputs(), excluded);
  }

  /** Reads the rows once more and adds their ground truth to the baseline. */
  ScanResult addTo(ScanResult result, RowSource rows) throws IOException {
    BaselineTruthBuilder builder = builder(result.baseline());
    try (RowReader reader = rows.open()) {
      for (InferenceBatch batch = reader.next(); batch != null; batch = reader.next()) {
        builder.add(batch, truth);
      }
    }
    Baseline baseline = builder.build();
    List<String> messages = new ArrayList<>(result.messages());
    if (baseline.truth().isEmpty()) {
      messages.add(
          "no row has a prediction and a truth of its kind; see --truth and --output-kind");
    }
    return new ScanResult(baseline, result.exactBins(), messages);
  }

  private BaselineTruthBuilder builder(Baseline baseline) {
    try {
      OutputSettings output =
          new OutputSettings(
              kind, score, decision, threshold, positive, false, OutputClasses.none());
      List<Attribute> attributes = segments.stream().map(Attribute::ofSegment).toList();
      return new BaselineTruthBuilder(new ModelTruthSettings(output, attributes), baseline);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCodes.USAGE, "--truth: " + e.getMessage() + "; see --output-kind");
    }
  }

  private static final class KindConverter implements ITypeConverter<OutputKind> {
    @Override
    public OutputKind convert(String text) {
      for (OutputKind word : OutputKind.values()) {
        if (word.label().equals(text.toLowerCase(Locale.ROOT))) {
          return word;
        }
      }
      throw new TypeConversionException("expected one of binary, multiclass, regression");
    }
  }
}
