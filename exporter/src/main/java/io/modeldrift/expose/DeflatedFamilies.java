package io.modeldrift.expose;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compressed texts of large families that last: made when they change, not when somebody waits for
 * them. Kept for each format that is asked for; there are few. Thread-safe.
 */
final class DeflatedFamilies {

  private final LastingFamilies lasting;
  private final Map<ScrapeFormat, Map<MetricSnapshot, DeflatedText>> texts =
      new ConcurrentHashMap<>();
  private final Set<ScrapeFormat> asked = ConcurrentHashMap.newKeySet();

  DeflatedFamilies(LastingFamilies lasting) {
    this.lasting = lasting;
  }

  /** Returns the text of a large family; nothing for one that does not last. */
  Optional<DeflatedText> of(ScrapeFormat format, MetricSnapshot family) throws IOException {
    if (!lasting.contains(family)) {
      return Optional.empty();
    }
    asked.add(format);
    return Optional.of(deflated(format, family));
  }

  /** Makes the texts in all formats that were asked for since the last call. */
  void prepare(Iterable<MetricSnapshot> families) {
    Set<ScrapeFormat> formats = Set.copyOf(asked);
    asked.clear();
    for (ScrapeFormat format : formats) {
      for (MetricSnapshot family : families) {
        if (lasting.contains(family) && FastText.isLarge(family)) {
          try {
            deflated(format, family);
          } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
          }
        }
      }
    }
  }

  private DeflatedText deflated(ScrapeFormat format, MetricSnapshot family) throws IOException {
    Map<MetricSnapshot, DeflatedText> known =
        texts.computeIfAbsent(format, absent -> Collections.synchronizedMap(new WeakHashMap<>()));
    DeflatedText text = known.get(family);
    if (text == null) {
      text = DeflatedText.of(out -> FastText.writeFamily(format, family, out));
      known.put(family, text);
    }
    return text;
  }
}
