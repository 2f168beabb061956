"""Writes the rule files and everything that is made from the same source.

    python3 -m generate                                       the committed files
    python3 -m generate --windows 15m,6h,7d --output /tmp/x   other windows, somewhere else
    python3 -m generate --grafana-url https://grafana.acme.net --runbook-url https://wiki.acme.net/drift --output …
"""
import argparse
import sys
from pathlib import Path

from generate.context import DEFAULT_CATEGORICAL_MEASURES, DEFAULT_MEASURES, MEASURES, ROOT, Context
from generate.files import files


def parse(arguments):
    parser = argparse.ArgumentParser(prog="python3 -m generate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--windows", help="comma-separated, shortest first; default: thresholds.json")
    parser.add_argument("--measures", default=",".join(DEFAULT_MEASURES), help=f"of {', '.join(MEASURES)}; psi is always there; or 'all'")
    parser.add_argument("--categorical-measures", default=",".join(DEFAULT_CATEGORICAL_MEASURES),
                        help="further ones for features whose bins have no order; '' for none")
    parser.add_argument("--max-bins", type=int, default=20, help="value bins of an ordered feature, 2 to 100")
    parser.add_argument("--correction", choices=("benjamini_hochberg", "none"), default="benjamini_hochberg")
    parser.add_argument("--extra-labels", default="", help="labels that tell clusters or namespaces apart, e.g. cluster,namespace")
    parser.add_argument("--scale", type=float, default=1.0, help="shortens intervals and hold times, for tests in fast motion")
    parser.add_argument("--grafana-url", default=Context.grafana_url)
    parser.add_argument("--runbook-url", default=Context.runbook_url)
    parser.add_argument("--output", type=Path, default=ROOT, help="directory, default: this one")
    return parser, parser.parse_args(arguments)


def main(arguments):
    parser, options = parse(arguments)
    measures = MEASURES if options.measures == "all" else tuple(options.measures.split(","))
    try:
        context = Context(
            windows=tuple(options.windows.split(",")) if options.windows else (), measures=measures,
            categorical_measures=tuple(filter(None, options.categorical_measures.split(","))), max_bins=options.max_bins,
            correction=options.correction, scale=options.scale, grafana_url=options.grafana_url.rstrip("/"),
            runbook_url=options.runbook_url.rstrip("/"), extra_labels=tuple(filter(None, options.extra_labels.split(","))))
    except ValueError as problem:
        parser.error(str(problem))
    for path, text in files(context).items():
        target = options.output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1:])
