#!/usr/bin/env python3
"""The exporter as a process under load, beside a bare Javalin handler that discards the body.

Needs wrk (Debian: wrk) and the built jar. Sections: startup http batch scrape.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile
import threading
import time

import rig


def line(name, value, target=""):
    print(f"{name:<64} {value:>22}   {target}", flush=True)


def startup(options):
    print("\n== Ready to take traffic, seconds: median of", options.starts)
    report_start("plain", [], rig.JAVA, "≤ 1.5 on JDK 17")
    with tempfile.TemporaryDirectory() as directory:
        archive = pathlib.Path(directory, "exporter.jsa")
        train(rig.JAVA, f"-XX:ArchiveClassesAtExit={archive}")
        report_start("class-data sharing", [f"-XX:SharedArchiveFile={archive}"], rig.JAVA, "")
        if options.java25:
            report_start("JDK 25, plain", [], options.java25, "")
            cache = pathlib.Path(directory, "exporter.aot")
            # The cache is made, and used, with the options of the image; its runtime is smaller than a JDK.
            train(options.java25, "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining", f"-XX:AOTCacheOutput={cache}")
            report_start("JDK 25 with the image's AOT cache",
                         [f"-XX:AOTCache={cache}", "-XX:-UsePerfData"], options.java25, "≤ 0.7 from the image")


def report_start(name, extra, java, target):
    times = []
    for _ in range(OPTIONS.starts):
        with rig.exporter(options=[*rig.SMALL, *extra], java=java) as server:
            times.append(server.ready_seconds)
    line(name, f"{statistics.median(times):.2f} s", target)


def train(java, *options):
    with rig.exporter(options=[*rig.SMALL, *options], java=java) as server:
        rig.teach(server, 20)
        server.get("/")
        server.get("/metrics", {"Accept-Encoding": "gzip"})


def http(options):
    """Rounds alternate, so that both see the same neighbours; CPU per request says it without."""
    print("\n== Single rows of 20 columns over HTTP, rounds of", options.seconds, "s each")
    body = rig.instances(1, 20)
    with rig.bare_handler() as bare, rig.exporter() as exporter:
        rig.teach(exporter, 20)
        servers = {"bare handler": bare, "exporter": exporter}
        rates = {name: [] for name in servers}
        cpu = {name: 0.0 for name in servers}
        for name, server in servers.items():  # warm-up
            rig.wrk(server, rig.path(), body, options.seconds)
        before = exporter.metrics()
        for _ in range(options.rounds):
            for name, server in servers.items():
                used = server.cpu_seconds()
                rate, _ = rig.wrk(server, rig.path(), body, options.seconds)
                rates[name].append(rate)
                cpu[name] += server.cpu_seconds() - used
        after = exporter.metrics()
    for name in servers:
        rate = statistics.median(rates[name])
        per_request = 1e6 * cpu[name] / (sum(rates[name]) * options.seconds)
        line(name, f"{rate:,.0f} requests/s", f"{per_request:.1f} µs CPU per request")
    ratio = statistics.median(e / b for e, b in zip(rates["exporter"], rates["bare handler"]))
    line("exporter / bare handler", f"{100 * ratio:.0f} %", "≥ 85 %")
    report_account(before, after, 20)


def report_account(before, after, columns):
    delta = {name: after[name] - before.get(name, 0) for name in after}
    received = delta["model_drift_exporter_payloads_received_total"]
    dropped = sum(v for k, v in delta.items()
                  if k.startswith("model_drift_exporter_payloads_total{") and '"dropped"' in k)
    rows = delta["model_inferences_total"]
    allocated = delta["jvm_memory_pool_allocated_bytes_total"]
    line("payloads dropped", f"{100 * dropped / max(1, received):.1f} %")
    line("allocated per value observed", f"{allocated / max(1, rows * columns):.0f} B", "< 64 B")
    return received, rows


def batch(options):
    print("\n== 32 rows of 20 columns over HTTP,", options.seconds, "s")
    body = rig.instances(32, 20)
    with rig.exporter() as exporter:
        rig.teach(exporter, 20)
        rig.wrk(exporter, rig.path(), body, options.seconds)
        rig.settle(exporter)
        before, used = exporter.metrics(), exporter.cpu_seconds()
        rate, p99 = rig.wrk(exporter, rig.path(), body, options.seconds)
        rig.settle(exporter)
        after, used = exporter.metrics(), exporter.cpu_seconds() - used
        line("offered", f"{rate * 640 / 1e6:.1f} M values/s", f"p99 {p99:.1f} ms")
        _, rows = report_account(before, after, 20)
        line("observed", f"{rows * 20 / options.seconds / 1e6:.1f} M values/s")
        line("CPU per million values observed", f"{used / (rows * 20 / 1e6):.3f} s")
        line("resident memory at most", f"{exporter.memory_mb():.0f} MB", "")


def scrape(options):
    print("\n== Scrapes of 200 columns in 3 windows, compressed")
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as config:
        config.write("evaluation: {interval: 15s}\n")
        config.flush()
        with rig.exporter("--config", config.name) as exporter:
            rig.teach(exporter, 200)
            rig.wrk(exporter, rig.path(), rig.instances(32, 200), 20)
            scrapes(exporter, 20, 0)
            idle = cpu_of_scrapes(exporter, options.scrapes)
            line("CPU of scrapes in a minute at 15 s", f"{4000 * idle:.0f} ms", "≤ 300 ms")
            size = len(exporter.get("/metrics"))
            small = len(exporter.get("/metrics", {"Accept-Encoding": "gzip"}))
            line("size", f"{size / 1024:,.0f} kB", f"{small / 1024:,.0f} kB compressed")
            times = scrapes(exporter, options.scrapes, 0.02)
            line("without load", rig.percentiles(times))
            stop = threading.Event()
            driver = threading.Thread(target=drive, args=(exporter, stop))
            driver.start()
            time.sleep(5)
            times = scrapes(exporter, options.scrapes, 0.1)
            stop.set()
            driver.join()
            line("under full load", rig.percentiles(times), "p99 ≤ 25 ms")
            line("resident memory at most", f"{exporter.memory_mb():.0f} MB", "≤ 150 MB")


def drive(server, stop):
    body = rig.instances(32, 200)
    while not stop.is_set():
        rig.wrk(server, rig.path(), body, 3, connections=8)


def scrapes(server, count, pause):
    times = []
    for _ in range(count):
        start = time.perf_counter()
        server.get("/metrics", {"Accept-Encoding": "gzip"})
        times.append(1000 * (time.perf_counter() - start))
        time.sleep(pause)
    return times


def cpu_of_scrapes(server, count):
    """CPU seconds of one scrape: with scrapes less without, over the same time."""
    start, used = time.perf_counter(), server.cpu_seconds()
    scrapes(server, count, 0)
    took, used = time.perf_counter() - start, server.cpu_seconds() - used
    idle = server.cpu_seconds()
    time.sleep(took)
    return (used - (server.cpu_seconds() - idle)) / count


SECTIONS = {f.__name__: f for f in (startup, http, batch, scrape)}


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", default=list(SECTIONS), help=", ".join(SECTIONS))
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--scrapes", type=int, default=200)
    parser.add_argument("--java25", default=os.environ.get("JAVA25"))
    return parser.parse_args()


if __name__ == "__main__":
    OPTIONS = options()
    print(rig.machine())
    for section in OPTIONS.sections:
        SECTIONS[section](OPTIONS)
    print("\nload average", " ".join(f"{x:.1f}" for x in os.getloadavg()))
