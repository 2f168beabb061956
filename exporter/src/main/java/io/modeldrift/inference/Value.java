package io.modeldrift.inference;

import java.util.OptionalDouble;

/** One prediction or outcome: a number, the name of a class, or yes or no. Immutable. */
public sealed interface Value {

  /** A finite number. */
  record Numeric(double number) implements Value {

    /** Refuses what is not finite; −0.0 becomes 0.0. */
    public Numeric {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("a value must be finite");
      }
      number += 0.0;
    }
  }

  /** A text that is not empty. */
  record Named(String name) implements Value {}

  /** Yes or no. */
  record Flag(boolean yes) implements Value {}

  /** Returns the number that this is, or that its text spells; nothing for yes and no. */
  default OptionalDouble asNumber() {
    if (this instanceof Numeric numeric) {
      return OptionalDouble.of(numeric.number());
    }
    if (this instanceof Named named) {
      NumberText text = new NumberText();
      char[] chars = named.name().toCharArray();
      return text.parse(chars, 0, chars.length) && Double.isFinite(text.value())
          ? OptionalDouble.of(text.value())
          : OptionalDouble.empty();
    }
    return OptionalDouble.empty();
  }
}
