"""Measure how well names are read: `python -m tests.evaluation.names --help`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from rich.console import Console

from tests.evaluation import report
from tests.evaluation.catalogs import SIZES
from tests.evaluation.runs import run
from tests.evaluation.sets import makers

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The largest catalog that is gone through unless told otherwise; the next takes minutes.
_LARGEST = "100k"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sets that were asked for and print what came of them."""
    options = _parser().parse_args(arguments)
    sizes = list(SIZES) if options.all else list(SIZES)[: list(SIZES).index(options.sizes) + 1]
    there = makers(sizes)
    unknown = set(options.only) - set(there)
    if unknown:
        sys.stderr.write(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(there)}\n")
        return 2
    sets = [make() for name, make in there.items() if name in options.only or not options.only]
    console = Console(stderr=options.json, width=None if sys.stdout.isatty() else 120)
    runs = []
    with console.status("") as status:
        for one in run(sets, baselines=options.baselines):
            runs.append(one)
            status.update(f"{one.asked.name} is done, {len(sets) - len(runs)} to go")
    if options.json:
        sys.stdout.write(json.dumps(report.figures(runs), indent=2) + "\n")
        return 0
    for table in report.tables(runs, by_kind=options.by_kind):
        console.print(table, "")
    for one in runs if options.misses else ():
        console.print(report.misses(one, options.misses), "")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="evaluate-names", description="Measure how well names are read.")
    add = parser.add_argument
    add(
        "--only", metavar="SET", action="append", default=[], help="only this set; may be given several times"
    )
    add("--sizes", choices=SIZES, default=_LARGEST, help="the largest catalog of software names gone through")
    add("--all", action="store_true", help="the largest there is")
    add("--ours", dest="baselines", action="store_false", help="leave the baselines out")
    add("--by-kind", action="store_true", help="part decisions by kinds of queries")
    add("--misses", metavar="N", type=int, default=0, help="list so many misses of each set")
    add("--json", action="store_true", help="print figures as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
