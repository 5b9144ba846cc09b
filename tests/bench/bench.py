"""Times the product against plain references, on made-up data of its own, and prints a table.

    make bench                 10,000 observations, and 100,000 for flatness
    BENCH=full make bench      recounts 100,000 and 1,000,000 as well; allow half an hour

Trust the ratios, which are taken side by side; read a bare millisecond as "about". A goal that is
missed is a warning, not a failure: machines are shared. The figures also go to bench.json.
"""

import json
import os
import platform
from datetime import UTC, datetime
from importlib import import_module, metadata
from pathlib import Path

MEASURES = ["measure_rollup", "measure_pdf", "measure_web"]
HEAD = ["measure", "size", "product ms", "reference ms", "ratio", "goal", "verdict"]
WIDTHS = ["<54", ">9", ">11", ">13", ">7", ">7", ">7"]
RESULTS = Path("bench.json")


def main():
    os.environ["DATABASE_POOL"] = "0"  # the sizes are in databases of their own
    import django

    django.setup()

    from tests.bench.data import Databases

    lines = []
    show(HEAD)
    with Databases() as databases:
        for name in MEASURES:
            for line in import_module(f"tests.bench.{name}").measure(databases):
                lines.append(line)
                show(line.cells())
    write(lines)
    return 0


def show(cells):
    print(
        " | ".join(f"{cell:{width}}" for cell, width in zip(cells, WIDTHS, strict=True)), flush=True
    )


def write(lines):
    RESULTS.write_text(
        json.dumps(
            {
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                "python": platform.python_version(),
                "versions": {
                    name: metadata.version(name) for name in ["django", "celery", "psycopg"]
                },
                "cores": os.cpu_count(),
                "load": os.getloadavg(),
                "lines": [line.as_dict() for line in lines],
            },
            indent=2,
        )
    )
