package io.modeldrift.truth;

import io.modeldrift.baseline.CategoryText;
import io.modeldrift.inference.Value;

/** What classes are called, whoever spells them: 1, 1.0 and "1" are the same class. */
final class ClassNames {

  private ClassNames() {}

  /** Returns the name of a class as the baseline spells it. */
  static String of(Value value) {
    if (value instanceof Value.Numeric numeric) {
      return CategoryText.of(numeric.number());
    }
    return value instanceof Value.Named named
        ? named.name()
        : String.valueOf(((Value.Flag) value).yes());
  }
}
