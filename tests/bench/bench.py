"""Times the product against plain references, on made-up data of its own, and prints a table.

    make bench                             archives of 1,000 to 100,000 observations
    BENCH=short make bench                 1,000 and 4,000: three minutes
    BENCH=full make bench                  1,000,000 as well: more than an hour
    make bench ARGS="--data FOLDER"        how well passages are read: themes, stance, identifiers

With a folder of labelled texts (quality.py says how it is laid out) that alone is measured, each
figure beside its goal. Otherwise goals come first, and after them how long every page and every job
takes as the archive grows. Trust the ratios, which are taken side by side; read a bare millisecond
as "about". A goal that is missed is a warning, since machines are shared; but wrong cells, missing
tags, more queries in a larger archive and a recount that grows with it are failures. The figures
also go to bench.json, and docs/performance.md says what they mean.
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
    "measure_telling",
    "measure_web",
    "measure_phone",
    "measure_search",
    "measure_hostile_text",
    "measure_background",
]
HEAD = ["measure", "size", "product ms", "reference ms", "ratio", "goal", "verdict"]
WIDTHS = ["<54", ">9", ">11", ">13", ">7", ">7", ">7"]
RESULTS = Path("bench.json")


def main(*arguments):
    asked = parser().parse_args(arguments)
    if asked.data:
        write(quality=quality(asked.data, asked.folds))
        return 0
    name = os.environ.get("BENCH") or "usual"
    if name not in RUNS:
        print(f"There is no BENCH={name}. There are: {', '.join(RUNS)}.")
        return 2
    lines, curves = timings(RUNS[name])
    write(lines=lines, curves=curves)
    return 1 if any(line.has_failed for line in lines) else 0


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


def timings(run):
    os.environ["DATABASE_POOL"] = "0"  # the sizes are in databases of their own
    import django

    django.setup()

    from tests.bench.databases import Databases

    with Databases() as databases:
        return list(goals_of(databases, run)), list(curves_of(databases, run))


def goals_of(databases, run):
    """Each measure beside its goal, shown as it is measured."""
    show(HEAD, WIDTHS)
    for name in MEASURES:
        for line in import_module(f"tests.bench.{name}").measure(databases, run):
            show(line.cells(), WIDTHS)
            yield line


def curves_of(databases, run):
    """Every page and every job, in each size of archive."""
    from tests.bench import growth, growth_jobs, growth_pages

    widths = ["<46", *[">11" for _ in run.sizes], ">7", ">9"]
    show(growth.head(run.sizes), widths)
    for kind in (growth_pages.pages, growth_jobs.jobs):
        for each in growth.grown(databases, run, kind):
            show(each.cells(run.sizes), widths)
            yield each


def show(cells, widths):
    print(
        " | ".join(f"{cell:{width}}" for cell, width in zip(cells, widths, strict=True)), flush=True
    )


def write(**figures):
    kinds = {name: [each.as_dict() for each in rows] for name, rows in figures.items()}
    told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "versions": {
            name: metadata.version(name)
            for name in ["django", "celery", "psycopg", "scikit-learn", "numpy"]
        },
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
    }
    RESULTS.write_text(json.dumps(told | kinds, indent=2))
