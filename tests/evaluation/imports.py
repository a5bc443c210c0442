"""Import all public data that lies beside the project, twice: `make evaluate-imports`.

Into a new database with the starter catalog, in one import through the command line. Prints what became of each file's
tools, how long it took and how much memory at most; the second time must change nothing.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from catalog.importers.files import read_text_file
from catalog.importers.public import source_of
from tests.evaluation.benchmarks import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


class Run(NamedTuple):
    """One import: what the command printed for scripts, how long it took, and the most memory of any so far."""

    said: dict[str, Any]
    seconds: float
    megabytes: float


def public_files() -> Iterator[Path]:
    """Give the files that are some source's, in the order of their paths."""
    for path in sorted(DATA.rglob("*")):
        if path.suffix in {".json", ".csv", ".yaml", ".yml"} and source_of(read_text_file(path)):
            yield path


def run(url: str, *words: str) -> Run:
    """Run a command on a database."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "bot", *words, "--json"]
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    )
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    # Kilobytes on Linux, bytes on macOS.
    return Run(
        json.loads(done.stdout),
        time.perf_counter() - begun,
        most / (1e6 if sys.platform == "darwin" else 1e3),
    )


def main() -> None:
    """Print the table; exit with 1 where the second import changes anything."""
    files = [str(path) for path in public_files()]
    if not files:
        sys.exit("no public data lies beside the project")
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/matchbook.db"
        run(url, "resolve", "vllm")  # the first start loads the starter catalog
        first, second = run(url, "import", *files), run(url, "import", *files)
    typer.echo(f"{'file':<36}{'source':<26}{'added':>7}{'merged':>8}{'rejected':>10}")
    for one in first.said["files"]:
        counts = (one["added"], one["changed"] + one["unchanged"], one["rejected"])
        typer.echo(f"{one['file']:<36.35}{one['form']:<26.25}{counts[0]:>7,}{counts[1]:>8,}{counts[2]:>10,}")
    for name, ran in (("first", first), ("second", second)):
        told = ", ".join(f"{ran.said[kind]:,} {kind}" for kind in ("added", "changed", "unchanged"))
        typer.echo(f"{name}: {told}; {ran.seconds:.0f} s, at most {ran.megabytes:,.0f} MB")
    sys.exit(bool(second.said["added"] or second.said["changed"]))


if __name__ == "__main__":
    main()
