"""Rows for the fleet: whom they go to, and an account of what was sent."""
import json
import random
import threading
import time
from collections import Counter
from statistics import NormalDist

COLUMNS = ("amount", "distance", "age")
BINS = 10
EDGES = [NormalDist().inv_cdf(index / BINS) for index in range(1, BINS)]
BASELINE_ROWS = 20000


def baseline():
    """A baseline file: per column ten equally likely bins of the standard normal distribution, first and last open-ended."""
    def bins():
        rows = BASELINE_ROWS // BINS
        for index in range(BINS):
            low, high = ([None] + EDGES)[index], (EDGES + [None])[index]
            edges = {key: edge for key, edge in (("lower", low), ("upper", high)) if edge is not None}
            yield {"bin": f"{index:02d}", **edges, "count": rows, "sum": rows * NormalDist().inv_cdf((index + .5) / BINS)}
        yield {"bin": "__missing__", "count": 0}
        yield {"bin": "__invalid__", "count": 0}

    columns = [{"name": name, "role": "input", "type": "numeric", "mean": 0, "standard_deviation": 1, "bins": list(bins())} for name in COLUMNS]
    return json.dumps({"format": "model-drift-baseline", "format_version": 1, "model": "fraud", "version": "v1",
                       "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "source": "end-to-end test", "rows": BASELINE_ROWS,
                       "columns": columns})


def bin_of(value):
    return f"{sum(value >= edge for edge in EDGES):02d}"


class Traffic(threading.Thread):
    """Sends rows at a steady pace until stopped. Each replica gets rows of another kind (by `distance`), so that each of
    them alone looks drifted while the fleet is not; every row also goes to the pooled process."""

    def __init__(self, post, rows_per_second, seed=7):
        super().__init__(daemon=True)
        self.post, self.pace = post, rows_per_second
        self.draw, self.shift, self.replicas = random.Random(seed), 0.0, {}
        self.counts, self.lock, self.ended = {name: Counter() for name in COLUMNS}, threading.Lock(), threading.Event()
        self.failures = []

    def run(self):
        tick, pause = time.monotonic(), 0.2
        while not self.ended.is_set():
            try:
                with self.lock:
                    self.send([self.row() for _ in range(int(self.pace * pause))])
            except Exception as problem:  # the test looks at them: a thread must not die silently
                self.failures.append(repr(problem))
                return
            tick = max(tick + pause, time.monotonic() - 1)
            self.ended.wait(max(0, tick - time.monotonic()))

    def row(self):
        row = {name: self.draw.gauss(0, 1) for name in COLUMNS}
        row["amount"] += self.shift
        return row

    def send(self, rows):
        for row in rows:
            for name, value in row.items():
                self.counts[name][bin_of(value)] += 1
        self.post("pooled", rows)
        names = sorted(name for name in self.replicas if name != "pooled")
        for index, name in enumerate(names):
            mine = [row for row in rows if min(len(names) - 1, int(NormalDist().cdf(row["distance"]) * len(names))) == index]
            if mine:
                self.post(name, mine)

    def pause(self):
        """No rows until `resume`: the split by `distance` would make a gap of one replica a gap in the data."""
        self.lock.acquire()

    def resume(self):
        self.lock.release()

    def add(self, name):
        with self.lock:
            self.replicas[name] = True

    def stop(self):
        self.ended.set()
        self.join(timeout=30)
