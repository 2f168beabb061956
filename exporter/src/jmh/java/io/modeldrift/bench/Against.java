package io.modeldrift.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the benchmark of the same class that this one is compared with. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Against {

  /** Method name of the baseline. */
  String value();

  /** The part of the baseline's speed to reach; 0 if there is no target. */
  double target() default 0;
}
