"""An account of what was sent, kept without any code of the exporter, and what the exporter says of it."""
import bisect
import math
import re
from collections import Counter

from payloads import CHANNELS, FEATURES, MODEL

SAMPLE = re.compile(r'^(\w+)(?:\{(.*)\})? (\S+)$')
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
VALUES, PAYLOADS = "model_feature_values_total", "model_drift_exporter_payloads_total"


class Scrape:
    """The samples of one scrape."""

    def __init__(self, page):
        self.samples = []
        for line in page.splitlines():
            match = None if line.startswith("#") else SAMPLE.match(line)
            if match:
                self.samples.append((match[1], dict(LABEL.findall(match[2] or "")), float(match[3])))

    def find(self, name, **labels):
        return [(own, value) for series, own, value in self.samples if series == name and labels.items() <= own.items()]

    def total(self, name, **labels):
        return int(sum(value for _, value in self.find(name, **labels)))

    def received(self):
        return self.total("model_drift_exporter_payloads_received_total")

    def outcomes(self):
        outcomes = Counter()
        for own, value in self.find(PAYLOADS):
            outcomes[own["outcome"], own["reason"]] += int(value)
        return outcomes

    def bins(self):
        return Counter({(own["feature"], own["bin"]): int(value)
                        for own, value in self.find(VALUES, model=MODEL, role="input") if own["feature"] in FEATURES})


class Bins:
    """Finds the bin of a value from the edges that the baseline exposes."""

    def __init__(self, scrape):
        self.edges = {}
        for feature in FEATURES:
            lower = {own["bin"]: float(own["lower"]) for own, _ in scrape.find("model_feature_baseline_values", feature=feature, model=MODEL)
                     if "lower" in own}
            self.edges[feature] = [lower[name] for name in sorted(lower)]

    def bin(self, feature, value):
        if value is None or value != value:
            return "__missing__"
        if feature == "channel":
            return value if value in CHANNELS else "__unseen__"
        if math.isinf(value):
            return "__invalid__"
        lower = self.edges[feature]
        index = bisect.bisect_right(lower, value) - 1
        last = len(lower) - 1
        if index == last and value == lower[last]:
            index -= 1  # the largest value of the baseline belongs to the bin below it
        return f"{index:02d}"


class Tally:
    """What one sender has sent and had answered."""

    def __init__(self):
        self.answered, self.rows, self.unknown = 0, 0, 0
        self.outcomes, self.bins = Counter(), Counter()
        self.fates, self.scored, self.predicted = Counter(), Counter(), 0

    def add(self, payload, bins):
        self.answered += 1
        self.predicted += payload.predicted
        self.fates.update(payload.fates)
        self.scored.update(payload.scored)
        if payload.outcome is None:
            self.unknown += 1
            return
        self.outcomes[payload.outcome] += 1
        self.rows += len(payload.rows)
        for row in payload.rows:
            for feature in FEATURES:
                self.bins[feature, bins.bin(feature, row.get(feature))] += 1

    def __iadd__(self, other):
        self.answered += other.answered
        self.rows += other.rows
        self.unknown += other.unknown
        self.outcomes.update(other.outcomes)
        self.bins.update(other.bins)
        self.predicted += other.predicted
        self.fates.update(other.fates)
        self.scored.update(other.scored)
        return self


def differences(sent, before, after):
    """Compares what was sent between two scrapes with how they differ; returns what does not agree."""
    problems = []

    def check(what, expected, actual):
        if expected != actual:
            problems.append(f"{what}: {expected} sent, {actual} counted")

    check("payloads", sent.answered, after.received() - before.received())
    check("rows", sent.rows, after.total("model_inferences_total", model=MODEL) - before.total("model_inferences_total", model=MODEL))
    counted = Counter(after.outcomes())
    counted.subtract(before.outcomes())
    check("payloads with an outcome", sent.answered, sum(counted.values()))
    for key in sorted(sent.outcomes | counted):
        if not sent.outcomes[key] <= counted[key] <= sent.outcomes[key] + sent.unknown:
            problems.append(f"{' '.join(key)}: {sent.outcomes[key]} and some of {sent.unknown} sent, {counted[key]} counted")
    before_bins, after_bins = before.bins(), after.bins()
    for key in sorted(sent.bins | after_bins):
        check(f"{key[0]} in bin {key[1]}", sent.bins[key], after_bins[key] - before_bins[key])
    return problems


def inconsistencies(scrape):
    """What must hold in every scrape of an exporter at rest, whatever was sent."""
    problems = []
    if scrape.received() != sum(scrape.outcomes().values()):
        problems.append(f"{scrape.received()} payloads received, {sum(scrape.outcomes().values())} ended")
    rows, bins = scrape.total("model_inferences_total", model=MODEL), scrape.bins()
    for feature in FEATURES:
        in_bins = sum(value for (name, _), value in bins.items() if name == feature)
        if in_bins != rows:
            problems.append(f"{rows} rows, {in_bins} values of {feature}")
    return problems
