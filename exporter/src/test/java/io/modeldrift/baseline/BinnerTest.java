package io.modeldrift.baseline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.distribution.TextHash;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinnerTest {

  private static final NumericLayout AGE = NumericLayout.ofEdges(0, 10, 20);
  private static final CategoricalLayout PLAN =
      CategoricalLayout.of(
          List.of("1", "true", "basic", "0.5"),
          new long[] {TextHash.of("trial"), TextHash.of("2")});

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, 1", "9.99, 1", "10, 2", "20, 2", "20.1, 3", "NaN, 4", "-Infinity, 5"})
  void numericColumn_number_fallsIntoItsInterval(double number, int bin) {
    assertThat(bin(AGE, column -> column.setNumber(0, number))).isEqualTo(bin);
  }

  @ParameterizedTest
  @CsvSource({"' 12.5 ', 2", "1e1, 2", "NaN, 4", "1e999, 5", "twelve, 5", "'', 5"})
  void numericColumn_text_isParsedAfterTrimming(String text, int bin) {
    assertThat(bin(AGE, column -> column.setText(0, text))).isEqualTo(bin);
  }

  @Test
  void numericColumn_boolean_isOneOrZero() {
    NumericLayout binary = NumericLayout.ofEdges(0, 1, 2);

    assertThat(bin(binary, column -> column.setBoolean(0, false))).isEqualTo(1);
    assertThat(bin(binary, column -> column.setBoolean(0, true))).isEqualTo(2);
  }

  @Test
  void cellWithoutValue_isMissing_andOpaqueIsInvalid() {
    for (BinLayout layout : List.of(AGE, PLAN)) {
      assertThat(bin(layout, column -> {})).isEqualTo(layout.missing());
      assertThat(bin(layout, column -> column.setMissing(0))).isEqualTo(layout.missing());
      assertThat(bin(layout, column -> column.setOpaque(0))).isEqualTo(layout.invalid());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, __own 0",
    "0.5, __own 3",
    "2, __other__",
    "3, __unseen__",
    "NaN, __missing__",
    "Infinity, __invalid__"
  })
  void categoricalColumn_number_isItsCanonicalText(double number, String name) {
    int bin = bin(PLAN, column -> column.setNumber(0, number));

    assertThat(bin < 4 ? "__own " + bin : PLAN.name(bin)).isEqualTo(name);
  }

  @Test
  void categoricalColumn_boolean_isItsName() {
    assertThat(bin(PLAN, column -> column.setBoolean(0, true))).isEqualTo(1);
    assertThat(bin(PLAN, column -> column.setBoolean(0, false))).isEqualTo(PLAN.unseen());
  }

  @Test
  void categoricalColumn_text_isTakenAsItIs() {
    assertThat(bin(PLAN, column -> column.setText(0, "basic"))).isEqualTo(2);
    assertThat(bin(PLAN, column -> column.setText(0, " basic"))).isEqualTo(PLAN.unseen());
    assertThat(bin(PLAN, column -> column.setText(0, "trial"))).isEqualTo(PLAN.other());
  }

  @Test
  void categoricalColumn_textAboveTheCap_isUnseenEvenIfTheBaselineListsIt() {
    String atCap = "x".repeat(Binner.MAX_CATEGORY_CHARS);
    CategoricalLayout layout = CategoricalLayout.of(List.of(atCap, atCap + "x"), new long[0]);

    assertThat(bin(layout, column -> column.setText(0, atCap))).isEqualTo(0);
    assertThat(bin(layout, column -> column.setText(0, atCap + "x"))).isEqualTo(layout.unseen());
  }

  @Test
  void value_isTheFiniteNumberOrZero() {
    Binner binner = new Binner(AGE);
    Column column = column();
    column.setText(0, "12.5");
    column.setNumber(1, Double.POSITIVE_INFINITY);
    column.setNumber(2, 1e9);

    assertThat(values(binner, column, 4)).containsExactly(12.5, 0, 1e9, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-17, -17",
    "0.1, 0.1",
    "-2.5, -2.5",
    "999999999999999999, 1000000000000000000",
    "1e20, 100000000000000000000",
    "2e-3, 0.002",
    "1.0E-5, 1.0E-5"
  })
  void canonicalText_ofANumber(double number, String text) {
    assertThat(CategoryText.of(number)).isEqualTo(text);
  }

  private static double[] values(Binner binner, Column column, int rows) {
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      binner.bin(column, row);
      values[row] = binner.value();
    }
    return values;
  }

  private static int bin(BinLayout layout, Consumer<Column> cell) {
    Column column = column();
    cell.accept(column);
    return new Binner(layout).bin(column, 0);
  }

  private static Column column() {
    return requireNonNull(new InferenceBatch().column(Role.INPUT, "x"));
  }
}
