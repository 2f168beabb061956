package io.modeldrift.expose;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;

/** A format of the library, and how it writes names that are not plain. */
record ScrapeFormat(ExpositionFormatWriter writer, EscapingScheme scheme) {}
