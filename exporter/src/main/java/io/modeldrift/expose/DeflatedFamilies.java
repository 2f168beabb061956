package io.modeldrift.expose;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

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
  Optional<DeflatedText> of(ScrapeFormat format, MetricSnapshot family) {
    if (!lasting.contains(family)) {
      return Optional.empty();
    }
    asked.add(format);
    return Optional.of(deflated(format, family));
  }

  /**
   * Makes the texts in all formats that were asked for since the last call.
   *
   * @param families asked for them only if somebody asked for their texts
   */
  void prepare(Supplier<MetricSnapshots> families) {
    Set<ScrapeFormat> formats = Set.copyOf(asked);
    asked.clear();
    if (formats.isEmpty()) {
      return;
    }
    for (MetricSnapshot family : families.get()) {
      if (lasting.contains(family) && FastText.isLarge(family)) {
        formats.forEach(format -> deflated(format, family));
      }
    }
  }

  private DeflatedText deflated(ScrapeFormat format, MetricSnapshot family) {
    Map<MetricSnapshot, DeflatedText> known =
        texts.computeIfAbsent(format, absent -> Collections.synchronizedMap(new WeakHashMap<>()));
    DeflatedText text = known.get(family);
    if (text == null) {
      text = made(format, family);
      known.put(family, text);
    }
    return text;
  }

  private static DeflatedText made(ScrapeFormat format, MetricSnapshot family) {
    try {
      return DeflatedText.of(out -> FastText.writeFamily(format, family, out));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
  }
}
