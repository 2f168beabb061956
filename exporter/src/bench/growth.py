#!/usr/bin/env python3
"""What columns, models, windows and batch size cost, drawn into a picture.

Every other number stays at 20 columns, 1 model, 3 windows and 32 rows a payload while one grows.
"""
import argparse
import pathlib
import sys
import tempfile
import time

import rig

SPANS = ["5m", "15m", "1h", "6h", "12h", "1d"]
MOST_PAYLOADS = 3_000
MOST_VALUES = 2_000_000
DEFAULTS = {"columns": 20, "models": 1, "windows": 3, "batch": 32}
STEPS = {
    "columns": [10, 20, 50, 100, 200, 500, 1000],
    "models": [1, 5, 10, 20, 50],
    "windows": [1, 2, 3, 4, 5, 6],
    "batch": [1, 3, 10, 32, 100, 300, 1000],
}
PLOTS = {
    "values": "million values a CPU second",
    "memory": "resident memory, MB",
    "scrape": "compressed scrape, ms (median)",
    "size": "scrape, kB of text",
}


def measure(columns, models, windows, batch, seconds):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as config:
        config.write(f"windows: [{', '.join(SPANS[:windows])}]\nlimits: {{models: 100}}\n"
                     f"evaluation: {{interval: 5s}}\ndecode: {{features: {max(512, columns)}}}\n")
        config.flush()
        options = [option for option in rig.SMALL if not option.startswith("-Xmx")]
        with rig.exporter("--config", config.name, options=["-Xmx160m", *options]) as server:
            names = [f"model_{i}" for i in range(models)]
            for name in names:
                rig.teach(server, columns, name)
            body = rig.instances(batch, columns)
            load(server, names, body, batch * columns, 6)  # warm-up, and at least one evaluation
            rig.settle(server)
            before, used = server.metrics()["model_inferences_total"], server.cpu_seconds()
            load(server, names, body, batch * columns, seconds)
            rig.settle(server)
            after, used = server.metrics()["model_inferences_total"], server.cpu_seconds() - used
            times, size = scrapes(server)
            return {"values": (after - before) * columns / 1e6 / used,
                    "memory": server.memory_mb(), "scrape": times, "size": size / 1024}


def load(server, names, body, values, seconds):
    """As many payloads a second as one observer can take: what is dropped would cost and not count."""
    names = names[:5]
    rate = min(MOST_PAYLOADS, MOST_VALUES / values)
    with tempfile.NamedTemporaryFile() as file:
        file.write(body)
        file.flush()
        for name in names:
            rig.send(rig.h2load(server.url + rig.path(name), file.name, *rig.paced(rate, max(1, seconds // len(names)))))


def scrapes(server):
    times = []
    for _ in range(60):
        start = time.perf_counter()
        server.get("/metrics", {"Accept-Encoding": "gzip"})
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times[20:])[20], len(server.get("/metrics"))


def draw(results, target):
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(
        len(PLOTS), len(STEPS), figsize=(13, 11), sharey="row", layout="constrained")
    for column, parameter in enumerate(STEPS):
        for row, (key, title) in enumerate(PLOTS.items()):
            axis = axes[row][column]
            points = results[parameter]
            axis.plot([x for x, _ in points], [y[key] for _, y in points], marker="o", ms=4)
            axis.grid(alpha=0.3)
            if parameter in ("columns", "batch"):
                axis.set_xscale("log")
            if row == len(PLOTS) - 1:
                axis.set_xlabel({"batch": "rows a payload"}.get(parameter, parameter))
            if column == 0:
                axis.set_ylabel(title)
    for row in axes:
        row[0].set_ylim(bottom=0)
    figure.suptitle(rig.machine(), fontsize=9)
    figure.savefig(target, dpi=110)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--columns", type=int, default=1000, help="the largest number of columns")
    options = parser.parse_args()
    print(rig.machine())
    results = {parameter: [] for parameter in STEPS}
    for parameter, steps in STEPS.items():
        for step in steps:
            if parameter == "columns" and step > options.columns:
                continue
            found = measure(**{**DEFAULTS, parameter: step}, seconds=options.seconds)
            results[parameter].append((step, found))
            print(f"{parameter:>8} {step:>5}", *(f"{k} {v:9.1f}" for k, v in found.items()),
                  flush=True)
    draw(results, options.target)


if __name__ == "__main__":
    sys.exit(main())
