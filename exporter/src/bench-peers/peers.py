#!/usr/bin/env python3
"""The same rows through other tools and through this exporter, side by side.

Each tool runs in a process of its own, so that its peak memory is its own. The exporter is driven
over HTTP with the same rows, as V1 JSON and as binary tensors, and pays for that; the others get a
data frame in memory, as they are meant to be used.
"""
import argparse
import http.client
import json
import os
import pathlib
import resource
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "bench"))
import rig  # noqa: E402

COLUMNS = 20
BATCH = 1000
WARM_UP = 4  # times all rows; Java compiles what it runs often, and a sidecar runs for weeks
PAYLOADS_A_SECOND = 100


def frame(rows, seed):
    import numpy
    import pandas
    random = numpy.random.default_rng(seed)
    return pandas.DataFrame(
        {f"feature_{i}": random.normal(size=rows) for i in range(COLUMNS)})


def whylogs(rows):
    import whylogs as why
    data = frame(rows, 1)
    start = cost()
    profile = None
    for begin in range(0, rows, BATCH):
        view = why.log(data.iloc[begin:begin + BATCH]).view()
        profile = view if profile is None else profile.merge(view)
    return start


def evidently(rows):
    from evidently import DataDefinition, Dataset, Report
    from evidently.presets import DataDriftPreset
    reference, data = frame(5000, 0), frame(rows, 1)
    definition = DataDefinition(numerical_columns=list(data.columns))
    start = cost()
    Report([DataDriftPreset()]).run(
        Dataset.from_pandas(data, definition), Dataset.from_pandas(reference, definition))
    return start


def nannyml(rows):
    import nannyml as nml
    reference, data = frame(5000, 0), frame(rows, 1)
    calculator = nml.UnivariateDriftCalculator(
        column_names=list(data.columns), chunk_size=BATCH,
        continuous_methods=["jensen_shannon", "wasserstein"])
    calculator.fit(reference)
    start = cost()
    calculator.calculate(data)
    return start


def river(rows):
    from river import drift
    data = frame(rows, 1)
    start = cost()
    detectors = {name: drift.ADWIN() for name in data.columns}
    for row in data.to_dict("records"):
        for name, value in row.items():
            detectors[name].update(value)
    return start


def exporter(rows):
    """As JSON, in which every number has all its digits."""
    def body(part):
        return json.dumps({"instances": part.tolist()}).encode()
    return observe(rows, "/v1/models/bench:predict", {"Content-Type": "application/json"}, body)


def tensors(rows):
    """As binary tensors, as Triton's clients send them."""
    tensor = {"name": "input", "shape": [BATCH, COLUMNS], "datatype": "FP64", "parameters": {"binary_data_size": 8 * BATCH * COLUMNS}}
    head = json.dumps({"inputs": [tensor]}).encode()
    headers = {"Content-Type": "application/octet-stream", "Inference-Header-Content-Length": str(len(head))}
    return observe(rows, "/v2/models/bench/infer", headers, lambda part: head + part.astype("<f8").tobytes())


def observe(rows, path, headers, body):
    data = frame(rows, 1).to_numpy()
    bodies = [body(data[i:i + BATCH]) for i in range(0, rows, BATCH)]
    with rig.exporter() as server:
        for _ in range(WARM_UP):  # learns its baseline from the first rows
            post(server, path, headers, bodies)
        seen, used = server.metrics()["model_inferences_total"], server.cpu_seconds()
        post(server, path, headers, bodies)
        used = server.cpu_seconds() - used
        observed = server.metrics()["model_inferences_total"] - seen
        return {"rows": observed, "cpu": used, "peak_mb": server.memory_mb()}


def post(server, path, headers, bodies):
    """At a pace that the exporter can follow: what it drops would not be compared."""
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    start = now()
    for i, body in enumerate(bodies):
        time.sleep(max(0, start + i / PAYLOADS_A_SECOND - now()))
        connection.request("POST", path, body, headers)
        connection.getresponse().read()
    connection.close()
    rig.settle(server)


def now():
    return time.perf_counter()


def cost():
    return time.process_time()


def run(tool, rows):
    """Prints what one tool needed, as JSON."""
    found = globals()[tool](rows)
    if not isinstance(found, dict):
        found = {"rows": rows, "cpu": time.process_time() - found,
                 "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    print(json.dumps(found))


TOOLS = {"exporter": 1_000_000, "tensors": 1_000_000, "whylogs": 200_000, "evidently": 200_000, "nannyml": 100_000,
         "river": 20_000}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tools", nargs="*", default=list(TOOLS))
    parser.add_argument("--child", metavar="TOOL")
    parser.add_argument("--rows", type=int)
    options = parser.parse_args()
    if options.child:
        run(options.child, options.rows)
        return
    print(f"{time.strftime('%Y-%m-%d %H:%M')}, {COLUMNS} columns, load {os.getloadavg()[0]:.1f}")
    print(f"{'tool':<12} {'rows':>10} {'rows/CPU s':>12} {'CPU s/M values':>15} "
          f"{'peak MB':>8} {'exporter is':>12}")
    reference = None
    for tool in options.tools:
        rows = options.rows or TOOLS[tool]
        child = subprocess.run(
            [sys.executable, __file__, "--child", tool, "--rows", str(rows)],
            capture_output=True, text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", "NML_DISABLE_USAGE_LOGGING": "1",
                 "DO_NOT_TRACK": "1", "WHYLOGS_NO_ANALYTICS": "True"})
        if child.returncode:
            print(f"{tool:<12} not run: {child.stderr.strip().splitlines()[-1]}", flush=True)
            continue
        found = json.loads(child.stdout.splitlines()[-1])
        per_cpu = found["rows"] / found["cpu"]
        reference = per_cpu if tool == "exporter" else reference
        faster = f"{reference / per_cpu:.0f} ×" if reference else ""
        print(f"{tool:<12} {found['rows']:>10,.0f} {per_cpu:>12,.0f} {found['cpu'] / found['rows'] / COLUMNS * 1e6:>15.3f} "
              f"{found['peak_mb']:>8.0f} {faster:>12}", flush=True)


if __name__ == "__main__":
    main()
