package io.modeldrift.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a scrape, taken apart without any of the classes that wrote it. */
record Scrape(List<Sample> samples) {

  private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One series and its value. */
  record Sample(String name, Map<String, String> labels, double value) {

    boolean matches(String wanted, String... labelPairs) {
      if (!name.equals(wanted)) {
        return false;
      }
      for (int i = 0; i < labelPairs.length; i += 2) {
        if (!labelPairs[i + 1].equals(labels.get(labelPairs[i]))) {
          return false;
        }
      }
      return true;
    }
  }

  static Scrape parse(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (!line.startsWith("#") && matcher.matches()) {
        Map<String, String> labels = new HashMap<>();
        Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
        samples.add(
            new Sample(
                matcher.group(1),
                labels,
                Double.parseDouble(
                    matcher.group(3).replace("+Inf", "Infinity").replace("-Inf", "-Infinity"))));
      }
    }
    return new Scrape(samples);
  }

  List<Sample> all(String name, String... labelPairs) {
    return samples.stream().filter(sample -> sample.matches(name, labelPairs)).toList();
  }

  double sum(String name, String... labelPairs) {
    return all(name, labelPairs).stream().mapToDouble(Sample::value).sum();
  }

  OptionalDouble value(String name, String... labelPairs) {
    return all(name, labelPairs).stream().mapToDouble(Sample::value).findFirst();
  }
}
