package io.modeldrift;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layout of the packages that the design describes, kept true. */
class ArchitectureTest {

  private static final String BASE = "io.modeldrift.";

  /** Each package may use only the ones before it. */
  private static final List<String> ORDER =
      List.of(
          "inference",
          "distribution",
          "snapshot",
          "statistics",
          "decode",
          "baseline",
          "observe",
          "truth",
          "evaluate",
          "ingest",
          "expose",
          "config",
          "app");

  /** A library's types stay in the packages that may use it. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "org.apache.commons..", List.of("statistics"),
          "tools.jackson..", List.of("decode", "baseline", "config", "expose", "app"),
          "org.apache.datasketches..", List.of("baseline", "observe"),
          "org.HdrHistogram..", List.of("observe"),
          "org.h2.mvstore..", List.of("truth"),
          "io.javalin..", List.of("ingest", "expose", "app"),
          "io.prometheus.metrics..", List.of("expose"),
          "picocli..", List.of("app"),
          "at.favre.lib..", List.of("app"),
          "ch.qos.logback..", List.of("app"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.modeldrift");

  static List<String> packages() {
    return ORDER;
  }

  @ParameterizedTest
  @MethodSource("packages")
  void package_usesOnlyThoseBeforeIt(String name) {
    int rank = ORDER.indexOf(name);
    String[] later = ORDER.stream().skip(rank + 1).map(p -> BASE + p + "..").toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(BASE + name + "..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(later))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void packages_formNoCycle() {
    slices().matching("io.modeldrift.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyClass_livesInAPackageOfTheDesign() {
    String[] all = ORDER.stream().map(p -> BASE + p + "..").toArray(String[]::new);

    classes().should().resideInAnyPackage(all).check(CLASSES);
  }

  @Test
  void everyPackage_saysInOneSentenceWhatItDoes() {
    assertThat(
            CLASSES.stream()
                .map(c -> c.getPackageName())
                .filter(p -> !hasPackageInfo(p))
                .collect(Collectors.toSet()))
        .isEmpty();
  }

  static List<Map.Entry<String, List<String>>> libraries() {
    return List.copyOf(LIBRARIES.entrySet());
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void library_staysInThePackagesThatMayUseIt(Map.Entry<String, List<String>> library) {
    String[] allowed = library.getValue().stream().map(p -> BASE + p + "..").toArray(String[]::new);

    noClasses()
        .that(not(resideInAnyPackage(allowed)))
        .should()
        .dependOnClassesThat(resideInAPackage(library.getKey()))
        .check(CLASSES);
  }

  private static boolean hasPackageInfo(String packageName) {
    return CLASSES.contain(packageName + ".package-info");
  }
}
