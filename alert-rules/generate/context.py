"""Everything that the rules depend on: thresholds, windows, labels, links."""
import json
from dataclasses import dataclass, field
from pathlib import Path

from generate.durations import duration, seconds

ROOT = Path(__file__).resolve().parent.parent
MEASURES = ("psi", "kl", "js_distance", "hellinger", "total_variation", "l_infinity", "cramers_v", "ks", "wasserstein")
# Those of the exporter: distances that know no order are worth their cost only where there is none.
DEFAULT_MEASURES = ("psi", "ks", "wasserstein")
DEFAULT_CATEGORICAL_MEASURES = ("js_distance", "l_infinity")


def thresholds():
    return json.loads((ROOT / "thresholds.json").read_text())


@dataclass
class Context:
    thresholds: dict = field(default_factory=thresholds)
    windows: tuple = ()
    measures: tuple = DEFAULT_MEASURES
    categorical_measures: tuple = DEFAULT_CATEGORICAL_MEASURES
    max_bins: int = 20
    scale: float = 1.0
    correction: str = "benjamini_hochberg"
    passes: int = 4
    contributions: int = 3
    extra_labels: tuple = ()
    grafana_url: str = "http://localhost:3000"
    runbook_url: str = "https://example.org/model-drift/runbooks"

    def __post_init__(self):
        self.windows = tuple(self.windows or self.thresholds["windows"])
        if len(self.windows) < 2:
            raise ValueError("at least two windows are needed: alerts compare a short one with a long one")
        unknown = {*self.measures, *self.categorical_measures} - set(MEASURES)
        if unknown:
            raise ValueError(f"unknown measures: {', '.join(sorted(unknown))}")
        self.categorical_measures = tuple(measure for measure in self.categorical_measures if measure not in self.measures)
        self.model = self.by("model", "version")
        self.feature = self.by("model", "version", "feature", "role")
        self.feature_bin = self.by("model", "version", "feature", "role", "bin")
        self.feature_window = self.by("model", "version", "feature", "role", "window")

    def by(self, *labels):
        """A label list for `by` and `on`, with the labels that tell clusters or namespaces apart in front."""
        return ", ".join((*self.extra_labels, *labels))

    def time(self, text):
        """A hold time, look-back or interval, shortened when the rules run in fast motion."""
        return duration(seconds(text) * self.scale)

    # Short and fast make the fast pair of windows, slow and long the slow pair.
    @property
    def short(self):
        return self.windows[0]

    @property
    def fast(self):
        return self.windows[1]

    @property
    def slow(self):
        return self.windows[-2]

    @property
    def long(self):
        return self.windows[-1]
