#!/usr/bin/env python3
"""The same rows through other tools and through this exporter, side by side.

Each tool runs in a process of its own, so that its peak memory is its own. The exporter is driven
over HTTP with the same rows as V1 JSON and pays for that; the others get a data frame in memory,
as they are meant to be used.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "bench"))
COLUMNS = 20
BATCH = 1000


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
    import rig
    data = frame(rows, 1)
    bodies = [
        json.dumps({"instances": data.iloc[i:i + BATCH].to_numpy().tolist()}).encode()
        for i in range(0, rows, BATCH)]
    with rig.exporter() as server:
        rig.teach(server, COLUMNS)
        for body in bodies[:100]:
            server.post(rig.path(), body)
        rig.settle(server)
        seen, used, start = server.metrics()["model_inferences_total"], server.cpu_seconds(), now()
        for body in bodies:
            server.post(rig.path(), body)
        rig.settle(server)
        used, took = server.cpu_seconds() - used, now() - start
        observed = server.metrics()["model_inferences_total"] - seen
        return {"rows": observed, "seconds": took, "cpu": used, "peak_mb": server.memory_mb()}


def now():
    return time.perf_counter()


def cost():
    return now(), time.process_time()


def run(tool, rows):
    """Prints what one tool needed, as JSON."""
    found = globals()[tool](rows)
    if isinstance(found, tuple):
        found = {"rows": rows, "seconds": now() - found[0], "cpu": time.process_time() - found[1],
                 "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    print(json.dumps(found))


TOOLS = {"exporter": 1_000_000, "whylogs": 200_000, "evidently": 200_000, "nannyml": 100_000,
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
    print(f"{'tool':<12} {'rows':>10} {'rows/s':>12} {'rows/CPU s':>12} {'CPU s/M values':>15} "
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
        print(f"{tool:<12} {found['rows']:>10,.0f} {found['rows'] / found['seconds']:>12,.0f} "
              f"{per_cpu:>12,.0f} {found['cpu'] / found['rows'] / COLUMNS * 1e6:>15.3f} "
              f"{found['peak_mb']:>8.0f} {faster:>12}", flush=True)


if __name__ == "__main__":
    main()
