#!/usr/bin/env python3
"""Ten times what the exporter can observe, through nginx and the shipped mirror recipe, inside 192 MB.

    exporter/src/bench/overload.py --minutes 5

Production is nginx in front of a model that answers at once. What one observer thread can do is measured first; then h2load
sends ten times that at a fixed rate, as production would, for as long as asked. The recipe's breaker lets only a part of it
through, so two more senders, which no breaker holds back, throw the same bodies at the exporter at one and a half times that rate, and bodies
of 800 kB at a tenth of it. Exits with 1 if the exporter dies, its books do not balance, or production notices.

Needs nginx and h2load (Debian: nginx-light, nghttp2-client) and the built jar. The memory limit is a control group where we may
make one; elsewhere resident memory is measured all the same.
"""
import argparse
import concurrent.futures
import dataclasses
import gzip
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

import rig

RECIPE = rig.HERE.parents[1] / "deploy/mirroring/nginx/mirror.conf"
LIMIT_MB = 192
TIMES = 10
ROWS = 800
FOR_EVER = 86_400
P99_MILLIS = 50
PROBES = 20
MODEL = """worker_processes 1;
events {{ worker_connections 4096; }}
http {{ access_log off; server {{ listen 127.0.0.1:{port}; location / {{ return 200 '{{"predictions": [0.5]}}'; }} }} }}
"""


def main():
    options = arguments()
    print(rig.machine())
    with tempfile.TemporaryDirectory() as directory, rig.limited(LIMIT_MB, options.milli_cpu) as prefix:
        directory = pathlib.Path(directory)
        print(f"limits: {'control groups of' if prefix else 'none, to be below'} {LIMIT_MB} MB, {options.milli_cpu} m CPU requested; "
              f"Java: {' '.join(rig.SMALL)}")
        with rig.exporter(prefix=prefix) as exporter, Production(directory, exporter) as production:
            problems = run(options, directory, exporter, production)
    for problem in problems:
        print(f"PROBLEM {problem}")
    return 1 if problems else 0


def run(options, directory, exporter, production):
    body = directory / "body"
    body.write_bytes(repeated_rows(ROWS, 200))
    rig.teach(exporter, 200)
    capacity = measured_capacity(exporter, body)
    if capacity == 0:
        sys.exit("nothing of the load was observed: see model_drift_exporter_payloads_total for why")
    rate = TIMES * capacity
    print(f"capacity: {capacity:,.0f} payloads/s of {ROWS} rows × 200 columns ({body.stat().st_size:,} bytes compressed)")
    quiet = production.load(body, rate / TIMES / 2, 10)
    print(f"production at half the capacity, 10 s: {quiet}")
    rig.settle(exporter)
    before = exporter.metrics()
    scrapes = Scrapes(exporter)
    with scrapes, Flood(exporter, directory, body, rate):
        loud, unmirrored = production.both(body, rate, 60 * options.minutes)
    rig.settle(exporter)
    after = exporter.metrics()
    print(f"production at {TIMES} times the capacity, {60 * options.minutes:.0f} s: {loud}")
    print(f"beside it, at {PROBES} requests/s, without the mirror: {unmirrored}")
    return report(exporter, before, after, loud, scrapes, Asked(rate, 60 * options.minutes))


def report(exporter, before, after, loud, scrapes, asked):
    def grown(name, label=""):
        return sum(value - before.get(series, 0) for series, value in after.items()
                   if series.startswith(name + "{") and label in series)

    ended = "model_drift_exporter_payloads_total"
    received = after["model_drift_exporter_payloads_received_total"] - before["model_drift_exporter_payloads_received_total"]
    counted = {outcome: int(grown(ended, f'outcome="{outcome}"')) for outcome in ("observed", "ignored", "rejected", "dropped")}
    print(f"arrived: {received / asked.seconds:,.0f} payloads/s, {TIMES * received / asked.seconds / asked.rate:.1f} times the capacity")
    print(f"ledger: {int(received):,} received = " + " + ".join(f"{count:,} {outcome}" for outcome, count in counted.items()))
    print(f"scrapes meanwhile: {scrapes.answered:,} answered, {scrapes.failed:,} failed, {rig.percentiles(scrapes.times)}")
    print(f"resident memory at most: {exporter.memory_mb():.0f} MB")
    problems = []
    if not exporter.alive():
        problems.append("the exporter died")
    if int(received) != sum(counted.values()):
        problems.append("the books do not balance")
    if loud.failed or loud.p99 >= P99_MILLIS:
        problems.append(f"production noticed: p99 must be below {P99_MILLIS} ms and nothing may fail")
    if loud.rate < 0.95 * asked.rate or received < asked.rate * asked.seconds:
        problems.append(f"less than {asked.rate:,.0f} requests/s were sent or arrived: this machine is too busy for the measurement")
    if exporter.memory_mb() > LIMIT_MB:
        problems.append(f"more than {LIMIT_MB} MB were resident")
    return problems


def repeated_rows(rows, columns):
    """Eight rows again and again: cheap to send, and as dear to observe as any."""
    eight = rig.instances(8, columns)[len(b'{"instances":['):-len(b"]}")]
    return gzip.compress(b'{"instances":[' + b",".join([eight] * (rows // 8)) + b"]}", 9)


def measured_capacity(exporter, body):
    """Payloads a second, from a batch that the queue can hold, sent twice: the first warms up."""
    for _ in range(2):
        count = 400
        start = time.perf_counter()
        before = exporter.metrics()[OBSERVED]
        rig.send(rig.h2load(exporter.url + rig.path(), body, *rig.COMPRESSED, "-c", "4", "-n", str(count)))
        rig.settle(exporter)
        seconds = time.perf_counter() - start
        observed = exporter.metrics()[OBSERVED] - before
    return observed / seconds


OBSERVED = 'model_drift_exporter_payloads_total{outcome="observed",protocol="v1",reason=""}'


@dataclasses.dataclass
class Asked:
    """What was to be sent."""

    rate: float
    seconds: float


class Latencies:
    """What production saw."""

    def __init__(self, log, seconds):
        fields = [line.split("\t") for line in log.read_text().splitlines()]
        millis = sorted(int(line[2]) / 1000 for line in fields)
        self.failed = sum(line[1] != "200" for line in fields)
        self.rate = len(millis) / seconds
        self.p50, self.p99, self.most = millis[len(millis) // 2], millis[int(0.99 * len(millis))], millis[-1]

    def __str__(self):
        return (f"{self.rate:,.0f} requests/s answered, p50 {self.p50:.1f} ms, p99 {self.p99:.1f} ms, at most {self.most:.0f} ms, "
                f"{self.failed} failed")


class Production:
    """nginx with the shipped recipe in front of a model, which is another nginx."""

    def __init__(self, directory, exporter):
        self.directory = directory
        self.port, model, backup = free_port(), free_port(), free_port()
        recipe = RECIPE.read_text()
        for old, new in (("127.0.0.1:10193", exporter.url.removeprefix("http://")), ("127.0.0.1:9000", f"127.0.0.1:{model}"),
                         ("127.0.0.1:8079", f"127.0.0.1:{backup}"), ("listen 8080", f"listen 127.0.0.1:{self.port}"),
                         # h2load does not open a connection again that nginx ends after its thousandth request.
                         ("http {", "http { keepalive_requests 1000000000;")):
            recipe = recipe.replace(old, new)
        self.bare_port = free_port()
        bare = recipe.replace("mirror              /_drift;", "").replace(f":{self.port};", f":{self.bare_port};")
        bare = bare.replace(f":{backup}", f":{free_port()}")
        self.processes = [self.nginx("model", MODEL.format(port=model)), self.nginx("proxy", recipe), self.nginx("bare", bare)]
        for port in (model, self.port, self.bare_port):
            await_port(port)

    def nginx(self, name, text):
        home = self.directory / name
        home.mkdir()
        (home / "nginx.conf").write_text(text)
        return subprocess.Popen(
            ["nginx", "-p", str(home), "-c", str(home / "nginx.conf"), "-e", str(home / "error.log"),
             "-g", f"daemon off; pid {home}/pid; error_log {home}/error.log crit;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def both(self, body, rate, seconds):
        """What production sees with the mirror, and a few requests beside it that are not mirrored."""
        with concurrent.futures.ThreadPoolExecutor() as pool:
            bare = pool.submit(self.load, body, PROBES, seconds, self.bare_port)
            return self.load(body, rate, seconds), bare.result()

    def load(self, body, rate, seconds, port=None):
        port = port or self.port
        log = self.directory / f"latencies-{port}"
        log.unlink(missing_ok=True)
        url = f"http://127.0.0.1:{port}{rig.path()}"
        rig.send(rig.h2load(url, body, *rig.COMPRESSED, *rig.paced(rate, seconds), f"--log-file={log}"))
        return Latencies(log, seconds)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.terminate()
            process.wait(10)


class Flood:
    """Senders that no proxy's breaker holds back: the same bodies faster still, and a few of 800 kB."""

    def __init__(self, exporter, directory, body, rate):
        large = directory / "large"
        large.write_bytes(rig.instances(400, 200))
        url = exporter.url + rig.path()
        self.commands = [rig.h2load(url, body, *rig.COMPRESSED, *rig.paced(1.5 * rate, FOR_EVER)),
                         rig.h2load(url, large, *rig.paced(rate / TIMES, FOR_EVER))]

    def __enter__(self):
        self.processes = [subprocess.Popen(["nice", "-n", "19", *command], stdout=subprocess.DEVNULL) for command in self.commands]

    def __exit__(self, *_):
        for process in self.processes:
            process.terminate()
            process.wait(10)


class Scrapes(threading.Thread):
    """Scrapes every second."""

    def __init__(self, exporter):
        super().__init__(daemon=True)
        self.exporter, self.over = exporter, threading.Event()
        self.answered, self.failed, self.times = 0, 0, []

    def run(self):
        while not self.over.wait(1):
            start = time.perf_counter()
            try:
                self.exporter.get("/metrics", {"Accept-Encoding": "gzip"})
                self.answered += 1
                self.times.append(1000 * (time.perf_counter() - start))
            except OSError:
                self.failed += 1

    def __enter__(self):
        self.start()

    def __exit__(self, *_):
        self.over.set()
        self.join()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def await_port(port):
    for _ in range(500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"nothing listens on port {port}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--milli-cpu", type=int, default=50,
                        help="CPU that is requested, as the chart does: the exporter's part where the machine is busy with the model")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
