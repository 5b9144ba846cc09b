"""Times the product against plain references, on made-up data of its own, and prints a table.

    make bench                             archives of 1,000 to 100,000 observations
    BENCH=short make bench                 1,000 and 10,000: three minutes
    BENCH=full make bench                  1,000,000 as well: more than half an hour
    make bench ARGS="--data FOLDER"        how well passages are read: themes, stance, identifiers

With a folder of labelled texts (quality.py says how it is laid out) that alone is measured, each
figure beside its goal. Trust the ratios, which are taken side by side; read a bare millisecond as
"about". A goal that is missed is a warning, not a failure: machines are shared. The figures also go
to bench.json.
"""

import argparse
import json
import os
import platform
from datetime import UTC, datetime
from importlib import import_module, metadata
from pathlib import Path

from tests.bench.runs import RUNS

MEASURES = [
    "measure_rollup",
    "measure_equality",
    "measure_reading",
    "measure_import",
    "measure_pdf",
    "measure_web",
    "measure_search",
]
HEAD = ["measure", "size", "product ms", "reference ms", "ratio", "goal", "verdict"]
WIDTHS = ["<54", ">9", ">11", ">13", ">7", ">7", ">7"]
RESULTS = Path("bench.json")


def main(*arguments):
    asked = parser().parse_args(arguments)
    if asked.data:
        write("quality", quality(asked.data, asked.folds))
    else:
        write("lines", timings())
    return 0


def parser():
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=folder, help="a folder of labelled texts to read instead")
    parser.add_argument("--folds", type=int, default=5, help="how many parts to hold out in turn")
    return parser


def folder(path):
    path = Path(path)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {path}")
    return path


def quality(data, folds):
    """How well passages are read, each figure shown as it is measured."""
    from tests.bench import goals
    from tests.bench.quality import measure

    goals.show(goals.HEAD)
    figures = []
    for figure in measure(data, folds):
        figures.append(figure)
        goals.show(figure.cells())
    missed = sum(figure.verdict == "miss" for figure in figures)
    judged = sum(bool(figure.verdict) for figure in figures)
    print(f"{judged - missed} of {judged} goals reached, {missed} missed.")
    return figures


def timings():
    os.environ["DATABASE_POOL"] = "0"  # the sizes are in databases of their own
    import django

    django.setup()

    from tests.bench.databases import Databases

    lines = []
    run = RUNS[os.environ.get("BENCH") or "usual"]
    show(HEAD)
    with Databases() as databases:
        for name in MEASURES:
            for line in import_module(f"tests.bench.{name}").measure(databases, run):
                lines.append(line)
                show(line.cells())
    return lines


def show(cells):
    print(
        " | ".join(f"{cell:{width}}" for cell, width in zip(cells, WIDTHS, strict=True)), flush=True
    )


def write(kind, lines):
    RESULTS.write_text(
        json.dumps(
            {
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                "python": platform.python_version(),
                "versions": {
                    name: metadata.version(name)
                    for name in ["django", "celery", "psycopg", "scikit-learn", "numpy"]
                },
                "cores": os.cpu_count(),
                "load": os.getloadavg(),
                kind: [line.as_dict() for line in lines],
            },
            indent=2,
        )
    )
