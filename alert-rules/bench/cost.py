#!/usr/bin/env python3
"""Measures what the rules cost: seconds per minute and series, for columns x replicas.

    bench/cost.py                                   10, 50, 200 columns x 1, 10, 50 replicas on every Prometheus at hand
    bench/cost.py --cells 200x10 --measures all     one cell, with every measure

One real Prometheus at a time, with the committed rules. A day of recorded counts and an hour of raw samples, four a minute, are
written to it (remote write); then it evaluates, six times as often as in earnest. Every column has 14 bins, all replicas
have the same baseline. Printed per minute of earnest operation: the median time that /api/v1/rules tells of each group, added up,
and the processor time of the whole process, which a busy machine distorts less.
"""
import argparse
import json
import os
import statistics
import struct
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from generate.context import DEFAULT_MEASURES, MEASURES, Context  # noqa: E402
from generate.files import files  # noqa: E402
from generate.names import COUNT_BIN  # noqa: E402
from promtool import tool_directories  # noqa: E402
from servers import free_port, http, process  # noqa: E402

BINS = [f"{index:02d}" for index in range(12)] + ["__missing__", "__invalid__"]
SCRAPE, HOUR, DAY, HASTE = 15, 3600, 86400, 6


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def field(number, content):
    return varint(number << 3 | 2) + varint(len(content)) + content


def label_bytes(labels):
    return b"".join(field(1, field(1, key.encode()) + field(2, value.encode())) for key, value in sorted(labels.items()))


def sample_bytes(times, values):
    return b"".join(field(2, b"\x09" + struct.pack("<d", value) + b"\x10" + varint(at)) for at, value in zip(times, values))


def snappy(data):
    """The format's literal elements only: nothing is compressed, and no library is needed."""
    parts = [varint(len(data))]
    for at in range(0, len(data), 65536):
        piece = data[at:at + 65536]
        parts.append(b"\xf4" + struct.pack("<H", len(piece) - 1) + piece)
    return b"".join(parts)


class Writer:
    """Remote write in batches."""

    def __init__(self, url):
        self.url, self.parts, self.size = url + "/api/v1/write", [], 0

    def add(self, labels, samples):
        part = field(1, labels + samples)
        self.parts.append(part)
        self.size += len(part)
        if self.size > 4_000_000:
            self.flush()

    def flush(self):
        if self.parts:
            status, text = http(self.url, snappy(b"".join(self.parts)), {
                "Content-Type": "application/x-protobuf", "Content-Encoding": "snappy", "X-Prometheus-Remote-Write-Version": "0.1.0"}, timeout=120)
            assert status in (200, 204), text
        self.parts, self.size = [], 0


class Fleet:
    """The series of a simulated fleet: per column and replica the counters of all bins, its baseline and its steps."""

    def __init__(self, columns, replicas):
        names = [{"model": "m", "version": "v1", "feature": f"f{column:03d}", "role": "input"} for column in range(columns)]
        instances = [{"job": "drift-exporter", "instance": f"r{replica:02d}"} for replica in range(replicas)]
        self.counters = [(label_bytes({"__name__": "model_feature_values_total", **name, **instance, "bin": bin_}), 1 + index % 3)
                         for name in names for instance in instances for index, bin_ in enumerate(BINS)]
        gauges = []
        for name in names:
            for instance in instances:
                gauges += [({"__name__": "model_feature_baseline_values", **name, **instance, "bin": bin_, "lower": bin_, "upper": bin_}, 1000 * (1 + index % 3))
                           for index, bin_ in enumerate(BINS)]
                gauges += [({"__name__": "model_feature_bin_step", **name, **instance, "bin": bin_}, 0.3) for bin_ in BINS[:11]]
                gauges += [({"__name__": f"model_feature_baseline_{what}", **name, **instance}, 1.5) for what in ("dispersion", "unevenness")]
        for instance in instances:
            gauges += [({"__name__": "up", **instance}, 1)]
            self.counters.append((label_bytes({"__name__": "model_inferences_total", "model": "m", "version": "v1", **instance}), 28))
        self.gauges = [(label_bytes(labels), value) for labels, value in gauges]
        self.recorded = [label_bytes({"__name__": COUNT_BIN, **name, "bin": bin_, "window": "5m"}) for name in names for bin_ in BINS]

    def raw_series(self):
        return len(self.counters) + len(self.gauges)

    def write(self, writer, first, last):
        """Samples of all series from `first` to `last`, every 15 s."""
        times = list(range(first * 1000, last * 1000, SCRAPE * 1000))
        rates = {rate: sample_bytes(times, [rate * (at // 1000 // SCRAPE % 10 ** 7) for at in times]) for rate in {rate for _, rate in self.counters}}
        for labels, rate in self.counters:
            writer.add(labels, rates[rate])
        values = {value: sample_bytes(times[-1:], [value]) for value in {value for _, value in self.gauges}}
        for labels, value in self.gauges:
            writer.add(labels, values[value])
        writer.flush()

    def write_recorded(self, writer, first, last):
        """A day of the counts that the rules would have recorded every minute, less than an hour at a time: Prometheus takes
        nothing that is older than that."""
        for start in range(first, last, 3000):
            times = range(start * 1000, min(start + 3000, last) * 1000, 60_000)
            samples = sample_bytes(times, [100.0] * len(times))
            for labels in self.recorded:
                writer.add(labels, samples)
            writer.flush()


def groups(url):
    return {group["name"]: (group["evaluationTime"], group["interval"], group["lastEvaluation"])
            for group in json.loads(http(f"{url}/api/v1/rules", timeout=60)[1])["data"]["groups"]}


def processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(tools, columns, replicas, measures, evaluations, slowest):
    with tempfile.TemporaryDirectory() as target:
        directory, url = Path(target), f"http://127.0.0.1:{free_port()}"
        (directory / "rules").mkdir()
        # windows as in earnest, evaluated every ten seconds
        for path, text in files(Context(windows=("5m", "1h", "1d"), measures=measures, scale=1 / HASTE)).items():
            if path.startswith("rules/"):
                (directory / path).write_text(text)
        (directory / "prometheus.yml").write_text("{}")
        command = [tools + "prometheus", f"--config.file={directory}/prometheus.yml", f"--storage.tsdb.path={directory}/data",
                   f"--web.listen-address={url[7:]}", "--web.enable-remote-write-receiver", "--web.enable-lifecycle", "--log.level=error"]
        with process(command, directory / "log", f"{url}/-/ready") as server:
            fleet, writer = Fleet(columns, replicas), Writer(url)
            now = int(time.time())
            fleet.write_recorded(writer, now - DAY, now - 60)
            fleet.write(writer, now - HOUR + 60, now)
            (directory / "prometheus.yml").write_text(json.dumps({"rule_files": [f"{directory}/rules/*.yml"]}))
            assert http(f"{url}/-/reload", b"")[0] == 200
            watch(url, 1)  # creates the recorded series, which happens once
            before = processor_seconds(server.pid)
            seen = watch(url, evaluations)
            processor = processor_seconds(server.pid) - before
            if slowest:
                report_slowest(url, slowest)
            states = json.loads(http(f"{url}/api/v1/query?query=count(feature:model_feature_drift_state:fleet%3E=0)")[1])["data"]["result"]
            assert states and int(states[0]["value"][1]) == 3 * columns, f"not every column has a verdict in every window: {states}"
            total = json.loads(http(f"{url}/api/v1/status/tsdb")[1])["data"]["headStats"]["numSeries"]
        per_minute = {name: statistics.median(times) * 60 / (interval * HASTE) for name, (times, interval) in seen.items()}
        # a slow group holds no other one up: what the quick ones did meanwhile must not count as its own
        processor *= sum(per_minute.values()) / sum(sum(times) for times, _ in seen.values())
        return per_minute, processor, fleet.raw_series(), total - fleet.raw_series()


def report_slowest(url, count):
    """The rules that took longest in their last evaluation: where an optimisation would start."""
    rules = [(rule["evaluationTime"], rule["name"], rule.get("labels", {}))
             for group in json.loads(http(f"{url}/api/v1/rules", timeout=60)[1])["data"]["groups"] for rule in group["rules"]]
    for took, name, labels in sorted(rules, key=lambda rule: -rule[0])[:count]:
        print(f"    {took:.3f} s  {name} {labels or ''}", flush=True)


def watch(url, evaluations):
    """Until the drift group was evaluated often enough from now on and every other one at least once; name -> (seconds, interval)."""
    seen, last = {}, {name: at for name, (_, _, at) in groups(url).items()}
    while not seen or len(seen["model-drift-fleet"][0]) < evaluations or any(not times for times, _ in seen.values()):
        for name, (took, interval, at) in groups(url).items():
            times, _ = seen.setdefault(name, ([], interval))
            if not at.startswith("0001") and last.get(name) != at:
                last[name] = at
                times.append(took)
        time.sleep(0.5)
    return seen


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", default=",".join(f"{c}x{r}" for c in (10, 50, 200) for r in (1, 10, 50)))
    parser.add_argument("--measures", default=",".join(DEFAULT_MEASURES), help="comma-separated, or 'all'")
    parser.add_argument("--versions", help="installed or newer; default: both")
    parser.add_argument("--evaluations", type=int, default=2)
    parser.add_argument("--slowest", type=int, default=0, help="list so many of the slowest rules below each cell")
    options = parser.parse_args()
    measures = MEASURES if options.measures == "all" else tuple(options.measures.split(","))
    print(f"measures: {', '.join(measures)}; all columns ordered; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| Prometheus | columns | replicas | raw series | recorded series | evaluation, s/min | drift group, s | processor, s/min |\n"
          "|---|---|---|---|---|---|---|---|")
    directories = {name: tools for name, tools in tool_directories().items() if options.versions in (None, name)}
    for name, tools in directories.items():
        for cell in options.cells.split(","):
            columns, replicas = map(int, cell.split("x"))
            took, processor, raw, recorded = measure(tools, columns, replicas, measures, options.evaluations, options.slowest)
            print(f"| {name} | {columns} | {replicas} | {raw} | {recorded} | {sum(took.values()):.2f} | {took['model-drift-fleet']:.2f} "
                  f"| {processor:.2f} |", flush=True)


if __name__ == "__main__":
    main()
